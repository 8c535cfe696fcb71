// SPDX-License-Identifier: Apache-2.0
// RSA keys of data centres, and RSA_PAD as the key exchange prescribes it (protocol: auth_key, step 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool::crypto {

struct RsaPublicKey {
  Bytes n;  // big-endian, no leading zero
  Bytes e;
  /// Low 64 bits of SHA1(TL(n) | TL(e)) read little-endian.
  std::uint64_t fingerprint = 0;
};

/// One or more PEM blocks, PKCS#1 ("RSA PUBLIC KEY") or SPKI ("PUBLIC KEY"). Errc::InvalidConfig otherwise,
/// and for keys that are not 2048 bits.
Result<std::vector<RsaPublicKey>> parsePublicKeys(std::string_view pem);

/// Telegram's own keys, for production and for its test data centres.
const std::vector<RsaPublicKey>& telegramKeys(bool testDc);

/// RSA_PAD: data.size() <= 144; the result has 256 bytes.
Bytes rsaPadEncrypt(const RsaPublicKey& key, ByteView data, Random& random);

/// The same with given padding (192 - data.size() bytes) and temp_key, for known-answer tests; nullopt when
/// the value is not below n and temp_key must be drawn again.
std::optional<Bytes> rsaPadEncryptWith(const RsaPublicKey& key, ByteView data, ByteView padding,
                                       ByteView tempKey);

/// The simulator's side. Not for real secrets: the private operation is not blinded.
class RsaPrivateKey {
 public:
  /// 2048 bits, deterministic for a seeded Random, fingerprint without a leading zero hex digit (a
  /// third-party client compares fingerprints as hex without leading zeros).
  static RsaPrivateKey generate(Random& random);
  static Result<RsaPrivateKey> fromPem(std::string_view pem);

  const RsaPublicKey& publicKey() const { return public_; }

  std::string publicPem() const;   // PKCS#1
  std::string privatePem() const;  // PKCS#1

  /// c^d mod n as 256 bytes.
  Bytes rawDecrypt(ByteView cipher) const;
  /// Undoes RSA_PAD: 192 bytes of data with padding. Errc::SecurityCheck when the hash does not match.
  Result<Bytes> padDecrypt(ByteView cipher) const;

 private:
  RsaPrivateKey() = default;
  /// Whether the private numbers undo what the public ones do.
  bool consistent() const;

  RsaPublicKey public_;
  SecretBytes d_;
  SecretBytes p_;
  SecretBytes q_;
};

}  // namespace mtpool::crypto
