// SPDX-License-Identifier: Apache-2.0
// Pollard's rho in Brent's form, over Montgomery products: the remainder of a 128-bit division would cost
// three times the rest. Differences are gathered into one product and compared with n once per batch; when a
// batch swallows both factors, which only happens to small ones, the next walk adds another constant.
#include "engine/crypto/factor.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace mtpool::crypto {
namespace {

__extension__ using Wide = unsigned __int128;

/// Two factors of 31 bits need some 50,000 steps, hardly ever 300,000; this many take tens of milliseconds.
constexpr std::uint64_t kMostSteps = 4'000'000;
constexpr std::uint64_t kBatch = 128;
constexpr std::uint64_t kSmallPrimes[] = {3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37, 41,
                                          43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97};

/// Arithmetic modulo an odd n below 2^63, on numbers x kept as x * 2^64 mod n.
class Montgomery {
 public:
  explicit Montgomery(std::uint64_t n) : n_(n), negativeInverse_(n) {
    // Newton's iteration doubles the correct bits of the inverse each time; n itself has three.
    for (int i = 0; i < 5; ++i) {
      negativeInverse_ *= 2 - n * negativeInverse_;
    }
    negativeInverse_ = ~negativeInverse_ + 1;
    one_ = static_cast<std::uint64_t>((Wide{1} << 64) % n);
    square_ = static_cast<std::uint64_t>(Wide{one_} * one_ % n);
  }

  std::uint64_t one() const { return one_; }

  std::uint64_t from(std::uint64_t x) const { return multiply(x % n_, square_); }

  std::uint64_t multiply(std::uint64_t a, std::uint64_t b) const {
    const Wide product = Wide{a} * b;
    const std::uint64_t m = static_cast<std::uint64_t>(product) * negativeInverse_;
    const auto reduced = static_cast<std::uint64_t>((product + Wide{m} * n_) >> 64);
    return reduced >= n_ ? reduced - n_ : reduced;
  }

  std::uint64_t add(std::uint64_t a, std::uint64_t b) const {
    const std::uint64_t sum = a + b;
    return sum >= n_ ? sum - n_ : sum;
  }

  std::uint64_t power(std::uint64_t base, std::uint64_t exponent) const {
    std::uint64_t result = one_;
    for (; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) != 0) {
        result = multiply(result, base);
      }
      base = multiply(base, base);
    }
    return result;
  }

 private:
  std::uint64_t n_;
  std::uint64_t negativeInverse_;
  std::uint64_t one_ = 0;     // 1
  std::uint64_t square_ = 0;  // 2^64
};

/// Miller-Rabin; these twelve bases decide every number of 64 bits. n is odd.
bool isPrime(std::uint64_t n) {
  constexpr std::uint64_t kBases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
  if (n < 2) {
    return false;
  }
  const Montgomery field(n);
  const std::uint64_t minusOne = n - field.one();
  const int twos = __builtin_ctzll(n - 1);
  return std::ranges::all_of(kBases, [&](std::uint64_t base) {
    if (base % n == 0) {
      return true;
    }
    std::uint64_t x = field.power(field.from(base), (n - 1) >> twos);
    if (x == field.one() || x == minusOne) {
      return true;
    }
    for (int i = 1; i < twos; ++i) {
      x = field.multiply(x, x);
      if (x == minusOne) {
        return true;
      }
    }
    return false;
  });
}

bool isSquare(std::uint64_t n) {
  auto root = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(n)));
  // The root of a double may be off by one either way.
  for (root = root > 0 ? root - 1 : 0; root * root <= n; ++root) {
    if (root * root == n) {
      return true;
    }
  }
  return false;
}

std::uint64_t distance(std::uint64_t a, std::uint64_t b) {
  return a > b ? a - b : b - a;
}

/// One walk of x -> x^2 + c. A factor, n when the walk met both at once, or nullopt out of steps.
class Walk {
 public:
  Walk(const Montgomery& field, std::uint64_t n, std::uint64_t c)
      : field_(field), n_(n), c_(field.from(c)), y_(field.from(2)) {}

  std::optional<std::uint64_t> run(std::uint64_t& stepsLeft) {
    for (std::uint64_t length = 1; stepsLeft > length; length *= 2) {
      const std::uint64_t x = y_;
      for (std::uint64_t i = 0; i < length; ++i) {
        y_ = step(y_);
      }
      stepsLeft -= length;
      for (std::uint64_t done = 0; done < length; done += kBatch) {
        const std::uint64_t batch = std::min(kBatch, length - done);
        if (stepsLeft < batch) {
          return std::nullopt;
        }
        stepsLeft -= batch;
        const std::uint64_t found = runBatch(x, batch);
        if (found != 1) {
          return found;
        }
      }
    }
    return std::nullopt;
  }

 private:
  std::uint64_t step(std::uint64_t y) const { return field_.add(field_.multiply(y, y), c_); }

  std::uint64_t runBatch(std::uint64_t x, std::uint64_t batch) {
    std::uint64_t product = field_.one();
    for (std::uint64_t i = 0; i < batch; ++i) {
      y_ = step(y_);
      product = field_.multiply(product, distance(x, y_));
    }
    return std::gcd(product, n_);
  }

  const Montgomery& field_;
  std::uint64_t n_;
  std::uint64_t c_;
  std::uint64_t y_;
};

std::optional<std::uint64_t> findFactor(std::uint64_t n) {
  for (const std::uint64_t prime : kSmallPrimes) {
    if (n % prime == 0) {
      return prime;
    }
  }
  const Montgomery field(n);
  std::uint64_t stepsLeft = kMostSteps;
  for (std::uint64_t c = 1; stepsLeft > 0; ++c) {
    const auto found = Walk(field, n, c).run(stepsLeft);
    if (!found || *found != n) {
      return found;
    }
  }
  return std::nullopt;
}

Error refused(std::string_view why) {
  return {Errc::SecurityCheck, "the server's pq " + std::string(why) +
                                   "; an honest server sends the product of two odd primes below 2^63"};
}

}  // namespace

Result<std::pair<std::uint64_t, std::uint64_t>> factorPq(std::uint64_t pq) {
  if (pq >> 63 != 0) {
    return refused("is above 2^63");
  }
  if (pq % 2 == 0) {
    return refused("is even");
  }
  if (pq < 3 || isPrime(pq)) {
    return refused("has no two factors");
  }
  if (isSquare(pq)) {
    return refused("is a square");
  }
  const auto found = findFactor(pq);
  if (!found) {
    return refused("has not come apart within the allowed steps");
  }
  const auto [p, q] = std::minmax({*found, pq / *found});
  if (!isPrime(p) || !isPrime(q)) {
    return refused("has more than two factors");
  }
  return std::pair{p, q};
}

}  // namespace mtpool::crypto
