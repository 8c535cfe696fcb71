// SPDX-License-Identifier: Apache-2.0
// RSA_PAD, both halves side by side (protocol: auth_key, presenting the proof of work):
//
//   padded = data | padding                               192 bytes
//   inner  = reversed(padded) | SHA256(tempKey | padded)  224 bytes
//   ae     = IGE(inner), key tempKey, zero IV
//   value  = (tempKey ^ SHA256(ae)) | ae                  256 bytes, must be below n
#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/secret.h"
#include "engine/crypto/aes.h"
#include "engine/crypto/rsa.h"
#include "engine/crypto/rsa_public_key.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kMostData = 144;
constexpr std::size_t kPaddedSize = 192;
constexpr std::size_t kKeySize = 32;

/// a ^ b, both 32 bytes: hides and reveals the temporary key.
AesKey maskKey(ByteView a, const Sha256Digest& b) {
  AesKey key;
  std::transform(b.begin(), b.end(), a.begin(), key.begin(),
                 [](Byte x, Byte y) { return static_cast<Byte>(x ^ y); });
  return key;
}

}  // namespace

std::optional<Bytes> rsaPadEncryptWith(const RsaPublicKey& key, ByteView data, ByteView padding,
                                       ByteView tempKey) {
  MTP_CHECK(data.size() <= kMostData && data.size() + padding.size() == kPaddedSize &&
            tempKey.size() == kKeySize);
  // The data hold the nonce that the keys are made of: the only copies are wiped or encrypted in place, and
  // nothing grows and leaves an old block behind.
  SecretBytes padded;
  padded.revealMutable().reserve(kPaddedSize);
  append(padded.revealMutable(), data);
  append(padded.revealMutable(), padding);
  Bytes inner;
  inner.reserve(kPaddedSize + Sha256Digest().size());
  inner.assign(padded.reveal().rbegin(), padded.reveal().rend());
  append(inner, sha256({tempKey, padded.reveal()}));

  AesKeyIv aes;
  std::copy(tempKey.begin(), tempKey.end(), aes.key.begin());
  igeEncrypt(aes, inner, inner);
  wipe(aes.key.data(), aes.key.size());
  Bytes value = toBytes(maskKey(tempKey, sha256({inner})));
  append(value, inner);
  return rsaPublicPower(key, value);
}

Bytes rsaPadEncrypt(const RsaPublicKey& key, ByteView data, Random& random) {
  MTP_CHECK(data.size() <= kMostData);
  const Bytes padding = random.bytes(kPaddedSize - data.size());
  while (true) {
    // The padding stays; only the temporary key is drawn again, some 9 times in 100.
    auto tempKey = random.array<kKeySize>();
    auto encrypted = rsaPadEncryptWith(key, data, padding, tempKey);
    wipe(tempKey.data(), tempKey.size());
    if (encrypted) {
      return *std::move(encrypted);
    }
  }
}

Result<Bytes> RsaPrivateKey::padDecrypt(ByteView cipher) const {
  const Error refused(Errc::SecurityCheck,
                      "the data encrypted for the server key does not decrypt to RSA_PAD");
  if (cipher.size() != kRsaSize || !std::ranges::lexicographical_compare(cipher, public_.n)) {
    return refused;
  }
  const Bytes value = rawDecrypt(cipher);
  const ByteView encrypted = ByteView(value).subspan(kKeySize);
  AesKeyIv aes;
  aes.key = maskKey(ByteView(value).first(kKeySize), sha256({encrypted}));
  Bytes inner(encrypted.size());
  igeDecrypt(aes, encrypted, inner);
  const Bytes padded(inner.rend() - static_cast<std::ptrdiff_t>(kPaddedSize), inner.rend());
  if (!equalConstantTime(sha256({aes.key, padded}), ByteView(inner).subspan(kPaddedSize))) {
    return refused;
  }
  return padded;
}

}  // namespace mtpool::crypto
