// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "engine/base/check.h"
#include "engine/crypto/bignum.h"
#include "engine/crypto/der.h"
#include "engine/crypto/pem.h"
#include "engine/crypto/rsa.h"
#include "engine/crypto/rsa_public_key.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kPrimeSize = kRsaSize / 2;
constexpr std::uint64_t kPublicExponent = 65537;

BnHandle minusOne(const BIGNUM* number) {
  BnHandle less(BN_dup(number));
  MTP_CHECK(less != nullptr && BN_sub_word(less.get(), 1) == 1);
  return less;
}

/// A prime of 1024 bits with the two highest set, so that the product of two has 2048, and p-1 not a multiple
/// of the public exponent. Only `random` decides which.
BnHandle drawPrime(Random& random) {
  const BnContext context = newBnContext();
  while (true) {
    Secret<Bytes> drawn(random.bytes(kPrimeSize));
    drawn.revealMutable().front() |= 0xc0;
    drawn.revealMutable().back() |= 0x01;
    BnHandle candidate = bnSecret(drawn.reveal());
    if (BN_mod_word(candidate.get(), kPublicExponent) != 1 &&
        BN_check_prime(candidate.get(), context.get(), nullptr) == 1) {
      return candidate;
    }
  }
}

/// The private exponent for the public one.
BnHandle privateExponent(const BIGNUM* p, const BIGNUM* q, BN_CTX* context) {
  const BnHandle order = newBn();
  const BnHandle e = bnFromWord(kPublicExponent);
  BnHandle d = newBn();
  BN_set_flags(order.get(), BN_FLG_CONSTTIME);
  MTP_CHECK(BN_mul(order.get(), minusOne(p).get(), minusOne(q).get(), context) == 1 &&
            BN_mod_inverse(d.get(), e.get(), order.get(), context) != nullptr);
  return d;
}

/// What the Chinese remainder theorem needs beside p and q.
struct Remainders {
  BnHandle dModP = newBn();     // d mod (p-1)
  BnHandle dModQ = newBn();     // d mod (q-1)
  BnHandle inverseQ = newBn();  // q^-1 mod p
};

Remainders remaindersOf(const BIGNUM* d, const BIGNUM* p, const BIGNUM* q, BN_CTX* context) {
  Remainders r;
  MTP_CHECK(BN_nnmod(r.dModP.get(), d, minusOne(p).get(), context) == 1 &&
            BN_nnmod(r.dModQ.get(), d, minusOne(q).get(), context) == 1 &&
            BN_mod_inverse(r.inverseQ.get(), q, p, context) != nullptr);
  BN_set_flags(r.dModP.get(), BN_FLG_CONSTTIME);
  BN_set_flags(r.dModQ.get(), BN_FLG_CONSTTIME);
  return r;
}

Error notAPrivateKey(std::string_view why) {
  return {Errc::InvalidConfig, "the private key file " + std::string(why) +
                                   "; expected one unencrypted block RSA PRIVATE KEY (PKCS#1) of 2048 bits"};
}

}  // namespace

RsaPrivateKey RsaPrivateKey::generate(Random& random) {
  const BnContext context = newBnContext();
  while (true) {
    BnHandle p = drawPrime(random);
    BnHandle q = drawPrime(random);
    if (BN_cmp(p.get(), q.get()) < 0) {
      std::swap(p, q);
    }
    const BnHandle n = newBn();
    MTP_CHECK(BN_mul(n.get(), p.get(), q.get(), context.get()) == 1);
    auto publicKey = makeRsaPublicKey(bnBytes(n.get()), bnBytes(bnFromWord(kPublicExponent).get()));
    MTP_CHECK(publicKey.ok());
    if (publicKey->fingerprint >> 60 == 0 || BN_cmp(p.get(), q.get()) == 0) {
      continue;
    }
    RsaPrivateKey key;
    key.public_ = *std::move(publicKey);
    key.d_ = SecretBytes(bnBytes(privateExponent(p.get(), q.get(), context.get()).get()));
    key.p_ = SecretBytes(bnBytes(p.get()));
    key.q_ = SecretBytes(bnBytes(q.get()));
    return key;
  }
}

Result<RsaPrivateKey> RsaPrivateKey::fromPem(std::string_view pem) {
  MTP_TRY(const auto blocks, readPem(pem));
  if (blocks.size() != 1 || blocks[0].label != "RSA PRIVATE KEY") {
    return notAPrivateKey("does not hold exactly one RSA private key");
  }
  DerReader outer(blocks[0].der.reveal());
  const auto sequence = outer.take(DerTag::Sequence);
  DerReader numbers(sequence.value_or(ByteView()));
  // version, n, e, d, p, q and three that follow from them
  std::array<ByteView, 9> values;
  for (ByteView& value : values) {
    const auto number = numbers.takeInteger();
    if (!number) {
      return notAPrivateKey("is damaged");
    }
    value = *number;
  }
  if (!outer.done() || !numbers.done() || !values[0].empty()) {
    return notAPrivateKey("is of an unknown version or has more than a key in it");
  }
  RsaPrivateKey key;
  MTP_TRY(key.public_, makeRsaPublicKey(values[1], values[2]));
  key.d_ = SecretBytes(toBytes(values[3]));
  key.p_ = SecretBytes(toBytes(values[4]));
  key.q_ = SecretBytes(toBytes(values[5]));
  if (!key.consistent()) {
    return notAPrivateKey("holds numbers that do not belong together");
  }
  return key;
}

bool RsaPrivateKey::consistent() const {
  if (p_.reveal().size() != kPrimeSize || q_.reveal().size() != kPrimeSize || (p_.reveal().back() & 1) == 0 ||
      (q_.reveal().back() & 1) == 0) {
    return false;
  }
  const BnContext context = newBnContext();
  const BnHandle p = bnSecret(p_.reveal());
  const BnHandle q = bnSecret(q_.reveal());
  const BnHandle common = newBn();
  MTP_CHECK(BN_gcd(common.get(), p.get(), q.get(), context.get()) == 1);
  if (!BN_is_one(common.get())) {
    return false;  // q would have no inverse
  }
  // Only the right n and d take a number there and back.
  Bytes probe(kRsaSize);
  probe.back() = 2;
  const auto there = rsaPublicPower(public_, probe);
  return there && rawDecrypt(*there) == probe;
}

std::string RsaPrivateKey::publicPem() const {
  return writePem("RSA PUBLIC KEY", derIntegers({public_.n, public_.e}));
}

std::string RsaPrivateKey::privatePem() const {
  const BnContext context = newBnContext();
  const Remainders r = remaindersOf(bnSecret(d_.reveal()).get(), bnSecret(p_.reveal()).get(),
                                    bnSecret(q_.reveal()).get(), context.get());
  const SecretBytes dModP(bnBytes(r.dModP.get()));
  const SecretBytes dModQ(bnBytes(r.dModQ.get()));
  const SecretBytes inverseQ(bnBytes(r.inverseQ.get()));
  const SecretBytes der(derIntegers({{},
                                     public_.n,
                                     public_.e,
                                     d_.reveal(),
                                     p_.reveal(),
                                     q_.reveal(),
                                     dModP.reveal(),
                                     dModQ.reveal(),
                                     inverseQ.reveal()}));
  return writePem("RSA PRIVATE KEY", der.reveal());
}

Bytes RsaPrivateKey::rawDecrypt(ByteView cipher) const {
  const BnContext context = newBnContext();
  const BnHandle p = bnSecret(p_.reveal());
  const BnHandle q = bnSecret(q_.reveal());
  const BnHandle c = bnFrom(cipher);
  const Remainders r = remaindersOf(bnSecret(d_.reveal()).get(), p.get(), q.get(), context.get());
  const BnHandle byP = newBn();
  const BnHandle byQ = newBn();
  // Two powers of half the size cost a quarter of one of full size: m = byQ + q * ((byP - byQ) / q mod p).
  MTP_CHECK(
      BN_mod_exp_mont_consttime(byP.get(), c.get(), r.dModP.get(), p.get(), context.get(), nullptr) == 1 &&
      BN_mod_exp_mont_consttime(byQ.get(), c.get(), r.dModQ.get(), q.get(), context.get(), nullptr) == 1 &&
      BN_mod_sub(byP.get(), byP.get(), byQ.get(), p.get(), context.get()) == 1 &&
      BN_mod_mul(byP.get(), byP.get(), r.inverseQ.get(), p.get(), context.get()) == 1 &&
      BN_mul(byP.get(), byP.get(), q.get(), context.get()) == 1 &&
      BN_add(byP.get(), byP.get(), byQ.get()) == 1);
  return bnPadded(byP.get(), kRsaSize);
}

}  // namespace mtpool::crypto
