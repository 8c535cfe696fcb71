// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/handshake_secrets.h"

#include <algorithm>

#include "engine/crypto/auth_key.h"
#include "engine/crypto/sha.h"

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kHash = 20;
constexpr std::size_t kBlock = 16;

/// tmp_aes_key and tmp_aes_iv, wiped at the end of the scope.
class TemporaryKey {
 public:
  TemporaryKey(const NewNonce& newNonce, const tl::Int128& serverNonce)
      : key_(crypto::handshakeKey(newNonce.reveal(), serverNonce)) {}

  TemporaryKey(const TemporaryKey&) = delete;
  TemporaryKey& operator=(const TemporaryKey&) = delete;

  ~TemporaryKey() { wipe(&key_, sizeof(key_)); }

  const crypto::AesKeyIv& get() const { return key_; }

 private:
  crypto::AesKeyIv key_;
};

}  // namespace

Bytes sealInner(const NewNonce& newNonce, const tl::Int128& serverNonce, ByteView data, Random& random) {
  const std::size_t padding = (kBlock - (kHash + data.size()) % kBlock) % kBlock;
  Bytes sealed = toBytes(crypto::sha1({data}));
  append(sealed, data);
  append(sealed, random.bytes(padding));
  const TemporaryKey key(newNonce, serverNonce);
  crypto::igeEncrypt(key.get(), sealed, sealed);
  return sealed;
}

std::optional<SecretBytes> openInner(const NewNonce& newNonce, const tl::Int128& serverNonce,
                                     ByteView sealed) {
  if (sealed.size() % kBlock != 0 || sealed.size() <= kHash) {
    return std::nullopt;
  }
  SecretBytes opened{Bytes(sealed.size())};
  const TemporaryKey key(newNonce, serverNonce);
  crypto::igeDecrypt(key.get(), sealed, opened.revealMutable());
  return opened;
}

ByteView innerObject(const SecretBytes& opened) {
  return ByteView(opened.reveal()).subspan(kHash);
}

bool innerHashFits(const SecretBytes& opened, std::size_t size) {
  const ByteView object = innerObject(opened);
  if (size > object.size() || object.size() - size >= kBlock) {
    return false;
  }
  return crypto::equalConstantTime(crypto::sha1({object.first(size)}), ByteView(opened.reveal()).first(kHash));
}

std::array<Byte, 16> failureHash(const NewNonce& newNonce) {
  const crypto::Sha1Digest digest = crypto::sha1({newNonce.reveal()});
  std::array<Byte, 16> hash;
  std::copy_n(digest.begin() + 4, hash.size(), hash.begin());
  return hash;
}

Bytes minimalBytes(std::uint64_t number) {
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    const auto byte = static_cast<Byte>(number >> shift);
    if (!bytes.empty() || byte != 0) {
      bytes.push_back(byte);
    }
  }
  return bytes;
}

std::optional<std::uint64_t> parseNumber(ByteView bytes) {
  if (bytes.empty() || bytes.size() > 8) {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  for (const Byte byte : bytes) {
    number = number << 8 | byte;
  }
  return number;
}

std::uint64_t firstSalt(const NewNonce& newNonce, const tl::Int128& serverNonce) {
  return loadLe64(newNonce.reveal().data()) ^ loadLe64(serverNonce.data());
}

}  // namespace mtpool::mtproto
