// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/rsa_public_key.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/crypto/bignum.h"
#include "engine/crypto/der.h"
#include "engine/crypto/pem.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {
namespace {

/// 1.2.840.113549.1.1.1, rsaEncryption.
constexpr Byte kRsaEncryption[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};

/// A big number as the key exchange hashes it: a TL string.
Bytes tlString(ByteView content) {
  Bytes out;
  if (content.size() < 254) {
    out.push_back(static_cast<Byte>(content.size()));
  } else {
    out = {0xfe, static_cast<Byte>(content.size()), static_cast<Byte>(content.size() >> 8), 0};
  }
  append(out, content);
  out.resize((out.size() + 3) / 4 * 4);
  return out;
}

Result<RsaPublicKey> fromPkcs1(ByteView der) {
  DerReader outer(der);
  const auto sequence = outer.take(DerTag::Sequence);
  if (sequence && outer.done()) {
    DerReader numbers(*sequence);
    const auto n = numbers.takeInteger();
    const auto e = numbers.takeInteger();
    if (n && e && numbers.done()) {
      return makeRsaPublicKey(*n, *e);
    }
  }
  return Error(Errc::InvalidConfig, "the block does not hold an RSA public key");
}

/// The key inside SubjectPublicKeyInfo, which says for itself that it is one for RSA.
Result<RsaPublicKey> fromSpki(ByteView der) {
  DerReader outer(der);
  const auto info = outer.take(DerTag::Sequence);
  if (info && outer.done()) {
    DerReader parts(*info);
    DerReader algorithm(parts.take(DerTag::Sequence).value_or(ByteView()));
    const auto id = algorithm.take(DerTag::ObjectId);
    const auto parameters = algorithm.take(DerTag::Null);
    const auto key = parts.take(DerTag::BitString);
    if (id && std::ranges::equal(*id, kRsaEncryption) && parameters && parameters->empty() &&
        algorithm.done() && key && parts.done() && !key->empty() && key->front() == 0) {
      return fromPkcs1(key->subspan(1));
    }
  }
  return Error(Errc::InvalidConfig, "the block does not hold an RSA public key");
}

Result<RsaPublicKey> fromBlock(const PemBlock& block) {
  if (block.label == "RSA PUBLIC KEY") {
    return fromPkcs1(block.der.reveal());
  }
  if (block.label == "PUBLIC KEY") {
    return fromSpki(block.der.reveal());
  }
  return Error(Errc::InvalidConfig,
               "the block is not a public key; give RSA PUBLIC KEY (PKCS#1) or PUBLIC KEY (SPKI)");
}

}  // namespace

Result<RsaPublicKey> makeRsaPublicKey(ByteView n, ByteView e) {
  if (n.size() != kRsaSize || (n.front() & 0x80) == 0 || (n.back() & 1) == 0) {
    return Error(Errc::InvalidConfig,
                 "the RSA key does not have 2048 bits, the only size the protocol knows");
  }
  if (e.empty() || e.size() > 8 || (e.back() & 1) == 0 || (e.size() == 1 && e.front() < 3)) {
    return Error(Errc::InvalidConfig, "the RSA key has an impossible public exponent");
  }
  RsaPublicKey key{toBytes(n), toBytes(e), 0};
  key.fingerprint = loadLe64(sha1({tlString(n), tlString(e)}).data() + 12);
  return key;
}

Result<std::vector<RsaPublicKey>> parsePublicKeys(std::string_view pem) {
  MTP_TRY(const auto blocks, readPem(pem));
  std::vector<RsaPublicKey> keys;
  for (const PemBlock& block : blocks) {
    auto key = fromBlock(block);
    if (!key.ok()) {
      return std::move(key).error().in("block " + std::to_string(keys.size() + 1) + " of the key file");
    }
    keys.push_back(*std::move(key));
  }
  return keys;
}

std::optional<Bytes> rsaPublicPower(const RsaPublicKey& key, ByteView value) {
  const BnHandle n = bnFrom(key.n);
  const BnHandle base = bnFrom(value);
  if (value.size() != kRsaSize || BN_cmp(base.get(), n.get()) >= 0) {
    return std::nullopt;
  }
  const BnHandle e = bnFrom(key.e);
  const BnHandle result = newBn();
  MTP_CHECK(BN_mod_exp(result.get(), base.get(), e.get(), n.get(), newBnContext().get()) == 1);
  return bnPadded(result.get(), kRsaSize);
}

}  // namespace mtpool::crypto
