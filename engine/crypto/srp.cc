// SPDX-License-Identifier: Apache-2.0
// SRP-6a with the hashes and the password derivation of the protocol (api/srp). With H = SHA-256 and every
// number written in 256 bytes:
//
//   k = H(p | g)   u = H(A | B)   x = password hash   v = g^x   B = k*v + g^b   A = g^a
//   client: S = (B - k*v)^(a + u*x)      server: S = (A * v^u)^b      K = H(S)
//   M1 = H(H(p) ^ H(g) | H(salt1) | H(salt2) | A | B | K)
#include "engine/crypto/srp.h"

#include <optional>

#include "engine/base/check.h"
#include "engine/crypto/bignum.h"
#include "engine/crypto/dh.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kNumberSize = 256;
constexpr int kRounds = 100'000;

Sha256Digest salted(ByteView data, ByteView salt) {
  return sha256({salt, data, salt});
}

Bytes padded(ByteView number) {
  return bnPadded(bnFrom(number).get(), kNumberSize);
}

Bytes generatorBytes(const SrpParameters& parameters) {
  return bnPadded(bnFromWord(static_cast<std::uint64_t>(parameters.g)).get(), kNumberSize);
}

bool isZero(const Sha256Digest& digest) {
  return digest == Sha256Digest{};
}

/// k*v mod p.
BnHandle maskedVerifier(const SrpParameters& parameters, ByteView verifier, BN_CTX* context) {
  const BnHandle k = bnFrom(sha256({parameters.p, generatorBytes(parameters)}));
  BnHandle product = newBn();
  MTP_CHECK(
      BN_mod_mul(product.get(), k.get(), bnSecret(verifier).get(), bnFrom(parameters.p).get(), context) == 1);
  return product;
}

/// M1 of both sides' common secret S.
Sha256Digest proofOf(const SrpParameters& parameters, ByteView a, ByteView b, const SecretBytes& common) {
  const Sha256Digest hashP = sha256({parameters.p});
  Sha256Digest mixed = sha256({generatorBytes(parameters)});
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    mixed[i] ^= hashP[i];
  }
  Sha256Digest key = sha256({common.reveal()});
  const Sha256Digest m1 = sha256({mixed, sha256({parameters.salt1}), sha256({parameters.salt2}), a, b, key});
  wipe(key.data(), key.size());
  return m1;
}

/// The half of the client's computation that does not depend on its exponent: it holds the slow part.
class Prover {
 public:
  static Result<Prover> make(const SrpParameters& parameters, ByteView srpB, const SecretString& password) {
    MTP_DO(checkDhGroup(parameters.p, parameters.g));
    const BnHandle b = bnFrom(srpB);
    if (BN_is_zero(b.get()) || BN_cmp(b.get(), bnFrom(parameters.p).get()) >= 0) {
      return Error(Errc::SecurityCheck, "the server's password challenge is not within its prime");
    }
    const BnContext context = newBnContext();
    Secret<Bytes> x = srpPasswordHash(parameters, password);
    const SecretBytes v = dhPower(parameters.g, x.reveal(), parameters.p);
    const BnHandle masked = maskedVerifier(parameters, v.reveal(), context.get());
    const BnHandle base = newBn();
    MTP_CHECK(BN_mod_sub(base.get(), b.get(), masked.get(), bnFrom(parameters.p).get(), context.get()) == 1);
    if (BN_is_zero(base.get()) || BN_is_one(base.get())) {
      return Error(Errc::SecurityCheck, "the server's password challenge gives the shared secret away");
    }
    return Prover(parameters, bnPadded(b.get(), kNumberSize), std::move(x),
                  SecretBytes(bnPadded(base.get(), kNumberSize)));
  }

  /// g^a.
  Bytes publicValue(ByteView exponent) const {
    return dhPower(parameters_.g, exponent, parameters_.p).reveal();
  }

  /// nullopt when u is zero, which would take the password out of the proof.
  std::optional<SrpProof> prove(ByteView exponent) const {
    SrpProof proof;
    proof.a = publicValue(exponent);
    const Sha256Digest u = sha256({proof.a, b_});
    if (isZero(u)) {
      return std::nullopt;
    }
    const BnContext context = newBnContext();
    const BnHandle sum = newBn();
    BN_set_flags(sum.get(), BN_FLG_CONSTTIME);
    MTP_CHECK(BN_mul(sum.get(), bnFrom(u).get(), bnSecret(x_.reveal()).get(), context.get()) == 1 &&
              BN_add(sum.get(), sum.get(), bnSecret(exponent).get()) == 1);
    const SecretBytes total(bnBytes(sum.get()));
    proof.m1 = proofOf(parameters_, proof.a, b_, dhPower(base_.reveal(), total.reveal(), parameters_.p));
    return proof;
  }

 private:
  Prover(const SrpParameters& parameters, Bytes b, Secret<Bytes> x, SecretBytes base)
      : parameters_(parameters), b_(std::move(b)), x_(std::move(x)), base_(std::move(base)) {}

  const SrpParameters& parameters_;  // outlives the prover: both live in one call
  Bytes b_;
  Secret<Bytes> x_;
  SecretBytes base_;  // B - k*v
};

}  // namespace

Secret<Bytes> srpPasswordHash(const SrpParameters& parameters, const SecretString& password) {
  Sha256Digest first = salted(salted(viewOf(password.reveal()), parameters.salt1), parameters.salt2);
  Sha512Digest slow = pbkdf2Sha512(first, parameters.salt1, kRounds);
  Secret<Bytes> x(toBytes(salted(slow, parameters.salt2)));
  wipe(first.data(), first.size());
  wipe(slow.data(), slow.size());
  return x;
}

Result<SrpProof> srpProve(const SrpParameters& parameters, ByteView srpB, const SecretString& password,
                          Random& random) {
  MTP_TRY(const Prover prover, Prover::make(parameters, srpB, password));
  while (true) {
    const SecretBytes exponent(random.bytes(kNumberSize));
    if (!checkDhValue(prover.publicValue(exponent.reveal()), parameters.p).ok()) {
      continue;
    }
    if (auto proof = prover.prove(exponent.reveal())) {
      return *std::move(proof);
    }
  }
}

Result<SrpProof> srpProveWith(const SrpParameters& parameters, ByteView srpB, const SecretString& password,
                              ByteView a) {
  MTP_TRY(const Prover prover, Prover::make(parameters, srpB, password));
  if (auto proof = prover.prove(a)) {
    return *std::move(proof);
  }
  return Error(Errc::SecurityCheck, "the exponent and the server's password challenge cancel each other");
}

Bytes srpVerifier(const SrpParameters& parameters, const SecretString& password) {
  return dhPower(parameters.g, srpPasswordHash(parameters, password).reveal(), parameters.p).reveal();
}

Bytes srpServerB(const SrpParameters& parameters, ByteView verifier, ByteView b) {
  const BnContext context = newBnContext();
  const BnHandle sum = newBn();
  const SecretBytes power = dhPower(parameters.g, b, parameters.p);
  MTP_CHECK(BN_mod_add(sum.get(), maskedVerifier(parameters, verifier, context.get()).get(),
                       bnSecret(power.reveal()).get(), bnFrom(parameters.p).get(), context.get()) == 1);
  return bnPadded(sum.get(), kNumberSize);
}

bool srpVerify(const SrpParameters& parameters, ByteView verifier, ByteView b, const SrpProof& proof) {
  const BnHandle a = bnFrom(proof.a);
  const BnHandle p = bnFrom(parameters.p);
  // A multiple of p would make the secret zero, known to everybody.
  if (BN_is_zero(a.get()) || BN_cmp(a.get(), p.get()) >= 0) {
    return false;
  }
  const Bytes ownB = srpServerB(parameters, verifier, b);
  const Bytes paddedA = padded(proof.a);
  const Sha256Digest u = sha256({paddedA, ownB});
  if (isZero(u)) {
    return false;
  }
  const BnContext context = newBnContext();
  const SecretBytes power = dhPower(verifier, u, parameters.p);
  const BnHandle base = newBn();
  MTP_CHECK(BN_mod_mul(base.get(), a.get(), bnSecret(power.reveal()).get(), p.get(), context.get()) == 1);
  const SecretBytes common = dhPower(bnBytes(base.get()), b, parameters.p);
  return equalConstantTime(proofOf(parameters, paddedA, ownB, common), proof.m1);
}

}  // namespace mtpool::crypto
