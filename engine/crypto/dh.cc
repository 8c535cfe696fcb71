// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/dh.h"

#include <deque>
#include <mutex>
#include <optional>

#include "engine/base/check.h"
#include "engine/crypto/bignum.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kDhSize = 256;
/// Values nearer to the ends of the range than 2^(2048-64) are refused.
constexpr int kEdgeBits = 1984;

constexpr std::string_view kKnownPrimeHex =
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db"
    "fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41"
    "0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf"
    "6f4fadf034b10403119cd8e3b92fcc5b";

Error refused(std::string why) {
  return {Errc::SecurityCheck, std::move(why)};
}

bool testSafePrime(ByteView p) {
  const BnContext context = newBnContext();
  const BnHandle prime = bnFrom(p);
  const BnHandle half = newBn();
  MTP_CHECK(BN_rshift1(half.get(), prime.get()) == 1);
  // The half is tested first: a composite there is found as fast, and both must hold anyway.
  return BN_check_prime(half.get(), context.get(), nullptr) == 1 &&
         BN_check_prime(prime.get(), context.get(), nullptr) == 1;
}

/// Verdicts on primes other than the known one. A hostile server may send a new number each time, so only the
/// latest few are kept.
class PrimeVerdicts {
 public:
  bool isSafePrime(ByteView p) {
    const Sha256Digest name = sha256({p});
    if (const auto known = find(name)) {
      return *known;
    }
    // Tested outside the lock; two threads may both test the same new prime once.
    const bool safe = testSafePrime(p);
    const std::lock_guard lock(mutex_);
    verdicts_.emplace_back(name, safe);
    if (verdicts_.size() > kMost) {
      verdicts_.pop_front();
    }
    return safe;
  }

 private:
  static constexpr std::size_t kMost = 64;

  std::optional<bool> find(const Sha256Digest& name) {
    const std::lock_guard lock(mutex_);
    for (const auto& [digest, safe] : verdicts_) {
      if (digest == name) {
        return safe;
      }
    }
    return std::nullopt;
  }

  std::mutex mutex_;
  std::deque<std::pair<Sha256Digest, bool>> verdicts_;
};

/// Whether g generates the subgroup of order (p-1)/2, by quadratic reciprocity; g is within 2..7.
bool generates(std::int32_t g, const BIGNUM* p) {
  switch (g) {
    case 2:
      return BN_mod_word(p, 8) == 7;
    case 3:
      return BN_mod_word(p, 3) == 2;
    case 5: {
      const BN_ULONG rest = BN_mod_word(p, 5);
      return rest == 1 || rest == 4;
    }
    case 6: {
      const BN_ULONG rest = BN_mod_word(p, 24);
      return rest == 19 || rest == 23;
    }
    case 7: {
      const BN_ULONG rest = BN_mod_word(p, 7);
      return rest == 3 || rest == 5 || rest == 6;
    }
    default:
      return true;  // 4 is a square of any p
  }
}

}  // namespace

const Bytes& knownDhPrime() {
  static const Bytes prime = *parseHex(kKnownPrimeHex);
  return prime;
}

Result<void> checkDhGroup(ByteView p, std::int32_t g) {
  if (p.size() != kDhSize || (p.front() & 0x80) == 0) {
    return refused("the server's Diffie-Hellman prime does not have exactly 2048 bits");
  }
  if (g < 2 || g > 7) {
    return refused("the server's Diffie-Hellman generator " + std::to_string(g) + " is not within 2 to 7");
  }
  if ((p.back() & 1) == 0 || !generates(g, bnFrom(p).get())) {
    return refused("the server's Diffie-Hellman generator " + std::to_string(g) +
                   " does not generate the subgroup of its prime");
  }
  const bool known = std::equal(p.begin(), p.end(), knownDhPrime().begin());
  static PrimeVerdicts verdicts;
  if (!known && !verdicts.isSafePrime(p)) {
    return refused("the server's Diffie-Hellman prime is not a safe prime");
  }
  return {};
}

Result<void> checkDhValue(ByteView value, ByteView p) {
  const BnHandle number = bnFrom(value);
  const BnHandle edge = bnPowerOfTwo(kEdgeBits);
  const BnHandle upper = newBn();
  MTP_CHECK(BN_sub(upper.get(), bnFrom(p).get(), edge.get()) == 1);
  if (BN_cmp(number.get(), edge.get()) < 0 || BN_cmp(number.get(), upper.get()) > 0) {
    return refused("a Diffie-Hellman value lies too near to the ends of its range");
  }
  return {};
}

SecretBytes dhPower(ByteView base, ByteView exponent, ByteView p) {
  MTP_CHECK(p.size() == kDhSize && (p.back() & 1) == 1);
  const BnContext context = newBnContext();
  const BnHandle secret = bnSecret(exponent);
  const BnHandle result = newBn();
  MTP_CHECK(BN_mod_exp_mont_consttime(result.get(), bnFrom(base).get(), secret.get(), bnFrom(p).get(),
                                      context.get(), nullptr) == 1);
  return SecretBytes(bnPadded(result.get(), kDhSize));
}

SecretBytes dhPower(std::int32_t g, ByteView exponent, ByteView p) {
  MTP_CHECK(g > 0);
  return dhPower(bnBytes(bnFromWord(static_cast<std::uint64_t>(g)).get()), exponent, p);
}

}  // namespace mtpool::crypto
