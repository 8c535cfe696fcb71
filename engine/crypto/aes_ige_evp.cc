// SPDX-License-Identifier: Apache-2.0
// IGE on top of AES-256-ECB, one block at a time: OpenSSL 3 has no EVP mode for it, and chaining through its
// CBC only works for encryption.
#include <cstring>

#include "engine/base/check.h"
#include "engine/base/secret.h"
#include "engine/crypto/aes_ige_backends.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kBlock = 16;
using Block = std::array<Byte, kBlock>;

Block loadBlock(const Byte* from) {
  Block block;
  std::memcpy(block.data(), from, kBlock);
  return block;
}

void xorInto(Block& block, const Block& other) {
  for (std::size_t i = 0; i < kBlock; ++i) {
    block[i] ^= other[i];
  }
}

CipherContext ecbContext(IgeDirection direction, const AesKey& key) {
  thread_local const CipherHandle cipher(EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr));
  CipherContext context(EVP_CIPHER_CTX_new());
  const int encrypt = direction == IgeDirection::Encrypt ? 1 : 0;
  MTP_CHECK(cipher != nullptr && context != nullptr &&
            EVP_CipherInit_ex2(context.get(), cipher.get(), key.data(), nullptr, encrypt, nullptr) == 1 &&
            EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
  return context;
}

}  // namespace

void igeEvp(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out) {
  const CipherContext context = ecbContext(direction, k.key);
  // The IV holds the cipher half first; which half precedes the output depends on the direction.
  const bool encrypt = direction == IgeDirection::Encrypt;
  Block lastOut = loadBlock(k.iv.data() + (encrypt ? 0 : kBlock));
  Block lastIn = loadBlock(k.iv.data() + (encrypt ? kBlock : 0));
  for (std::size_t at = 0; at < in.size(); at += kBlock) {
    const Block block = loadBlock(in.data() + at);
    xorInto(lastOut, block);
    int written = 0;
    MTP_CHECK(EVP_CipherUpdate(context.get(), lastOut.data(), &written, lastOut.data(),
                               static_cast<int>(kBlock)) == 1 &&
              written == static_cast<int>(kBlock));
    xorInto(lastOut, lastIn);
    lastIn = block;
    std::memcpy(out.data() + at, lastOut.data(), kBlock);
  }
  wipe(lastIn.data(), lastIn.size());
  wipe(lastOut.data(), lastOut.size());
}

}  // namespace mtpool::crypto
