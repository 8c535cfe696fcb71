// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/factor.h"

#include <gtest/gtest.h>

namespace mtpool::crypto {
namespace {

void expectFactors(std::uint64_t pq, std::uint64_t p, std::uint64_t q) {
  const auto factors = factorPq(pq);
  ASSERT_TRUE(factors.ok()) << pq << ": " << factors.error().text();
  EXPECT_EQ(factors->first, p);
  EXPECT_EQ(factors->second, q);
}

/// The reason a number is refused for.
std::string refusal(std::uint64_t pq) {
  const auto factors = factorPq(pq);
  if (factors.ok()) {
    return "not refused";
  }
  EXPECT_EQ(factors.error().code(), Errc::SecurityCheck);
  return factors.error().text();
}

TEST(FactorPq, GivesTheKnownFactors) {
  expectFactors(0x17ED48941A08F981, 0x494C553B, 0x53911073);
  expectFactors(2694724800268887959, 1513098571, 1780931429);
  expectFactors(1724114033281923457, 1229739323, 1402015859);
  expectFactors(0x14fcab4dfc861f45, 0x494c5c99, 0x494c778d);
  expectFactors(2090522174869285481, 1112973847, 1878321023);
  expectFactors(1470626929934143021, 1206429347, 1218991343);
  expectFactors(2804275833720261793, 1555252417, 1803100129);
  expectFactors(378221, 613, 617);
  expectFactors(15, 3, 5);
}

TEST(FactorPq, ReachesTheEndOfItsRange) {
  expectFactors(std::uint64_t{3037000493} * 3037000453, 3037000453, 3037000493);
  expectFactors(3 * std::uint64_t{3074457345618258599}, 3, 3074457345618258599);
}

TEST(FactorPq, FactorsAllProductsOfTwoSmallOddPrimes) {
  constexpr std::uint64_t kPrimes[] = {3, 5, 7, 11, 13, 89, 97, 101, 103, 107, 109, 113, 127, 1009, 1013};
  for (const std::uint64_t p : kPrimes) {
    for (const std::uint64_t q : kPrimes) {
      if (p < q) {
        expectFactors(p * q, p, q);
      }
    }
  }
}

TEST(FactorPq, RefusesPrimes) {
  for (const std::uint64_t prime : {3ull, 97ull, 613ull, 4611686018427387847ull, 9223372036854775783ull}) {
    EXPECT_NE(refusal(prime).find("no two factors"), std::string::npos) << prime;
  }
}

TEST(FactorPq, RefusesSquares) {
  for (const std::uint64_t root : {3ull, 101ull, 1513098571ull, 3037000493ull}) {
    EXPECT_NE(refusal(root * root).find("square"), std::string::npos) << root;
  }
}

TEST(FactorPq, RefusesEvenNumbers) {
  for (const std::uint64_t even : {0ull, 2ull, 2694724800268887958ull}) {
    EXPECT_NE(refusal(even).find("even"), std::string::npos) << even;
  }
}

TEST(FactorPq, RefusesNumbersFrom2To63) {
  EXPECT_NE(refusal(std::uint64_t{1} << 63).find("above"), std::string::npos);
  EXPECT_NE(refusal(~std::uint64_t{0}).find("above"), std::string::npos);
}

TEST(FactorPq, RefusesOneAndMoreThanTwoFactors) {
  EXPECT_NE(refusal(1).find("no two factors"), std::string::npos);
  EXPECT_NE(refusal(3 * 5 * 7).find("more than two"), std::string::npos);
  EXPECT_NE(refusal(613ull * 617 * 619).find("more than two"), std::string::npos);
  EXPECT_NE(refusal(2097143ull * 2097143 * 2097143).find("more than two"), std::string::npos);
  EXPECT_NE(refusal(4611686018427387847ull - 2).find("more than two"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::crypto
