// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/dh.h"

#include <gtest/gtest.h>

#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"

namespace mtpool::crypto {
namespace {

// The 2048-bit group of RFC 3526: a safe prime, but not the one that is known beforehand.
constexpr std::string_view kModpPrime =
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF";

// A prime of 2048 bits, (p-1)/2 of which is not one.
constexpr std::string_view kUnsafePrime =
    "c2827600c295ee519a853518325c3b9e906e8fca796b27e68df680ffd3a4261fc4ebf32fcdb22c5513260aac430509a8"
    "6a4e7d4c790262359d4966b9c6c09a8c71ed5ccb0d72b7858650177afd862cc299d02f36f5c6a248fb80a756ba73dda8"
    "34b1e1d1675767651b6b0d6026c843ac90c3683dd63ac59d9873460b8d7be519e02e154ea8e3e2e8763afeb9bed6276d"
    "282756a5e9f3f718da83c3e0ba4bb9f1b90551d9f09409aae5faf8fbb3f69f3cd15dea0532058b29e7c419794e9f835d"
    "7a5b0cd48c018ffaf013d2116c2465fd0f7407a933e0ed7a2f624a069b4e34fb9cd0a32c9f09c29880f86d78b9b6ecc1"
    "e61fa36c5ca896b2472c70d488d20d87";

std::string refusal(ByteView p, std::int32_t g) {
  const auto verdict = checkDhGroup(p, g);
  if (verdict.ok()) {
    return "not refused";
  }
  EXPECT_EQ(verdict.error().code(), Errc::SecurityCheck);
  return verdict.error().text();
}

TEST(DhGroup, KnowsThePrimeOfThePublishedExchange) {
  EXPECT_EQ(toHex(knownDhPrime()), exchange::kDhPrime);
  EXPECT_TRUE(checkDhGroup(knownDhPrime(), 3).ok());
}

TEST(DhGroup, TestsAnUnknownSafePrimeAndRemembersIt) {
  const Bytes p = hex(kModpPrime);
  EXPECT_TRUE(checkDhGroup(p, 2).ok());
  EXPECT_TRUE(checkDhGroup(p, 4).ok());
}

TEST(DhGroup, RefusesGeneratorsOutsideTheirResidues) {
  // The known prime leaves 3 mod 8, 2 mod 3, 3 mod 5, 11 mod 24 and 6 mod 7.
  for (const std::int32_t good : {3, 4, 7}) {
    EXPECT_TRUE(checkDhGroup(knownDhPrime(), good).ok()) << good;
  }
  for (const std::int32_t bad : {2, 5, 6}) {
    EXPECT_NE(refusal(knownDhPrime(), bad).find("does not generate"), std::string::npos) << bad;
  }
  // The prime of RFC 3526 leaves 7 mod 8, 2 mod 3, 4 mod 5, 23 mod 24 and 5 mod 7: any generator will do.
  for (const std::int32_t good : {2, 3, 4, 5, 6, 7}) {
    EXPECT_TRUE(checkDhGroup(hex(kModpPrime), good).ok()) << good;
  }
}

TEST(DhGroup, RefusesGeneratorsOutside2To7) {
  for (const std::int32_t g : {-3, 0, 1, 8, 259}) {
    EXPECT_NE(refusal(knownDhPrime(), g).find("not within 2 to 7"), std::string::npos) << g;
  }
}

TEST(DhGroup, RefusesPrimesOfAnotherSize) {
  Bytes shorter = knownDhPrime();
  shorter.front() &= 0x7f;
  Bytes longer = knownDhPrime();
  longer.insert(longer.begin(), 0);
  for (const Bytes& p : {Bytes(), shorter, longer, toBytes(ByteView(knownDhPrime()).first(255))}) {
    EXPECT_NE(refusal(p, 3).find("2048 bits"), std::string::npos) << p.size();
  }
}

TEST(DhGroup, RefusesNumbersThatAreNotSafePrimes) {
  // Changes that keep the residue of g = 4, so that only primality decides.
  for (const std::size_t at : {10u, 100u, 200u}) {
    Bytes p = knownDhPrime();
    p[at] ^= 0x10;
    EXPECT_NE(refusal(p, 4).find("not a safe prime"), std::string::npos);
    EXPECT_NE(refusal(p, 4).find("not a safe prime"), std::string::npos) << "from memory";
  }
  Bytes even = knownDhPrime();
  even.back() &= 0xfe;
  EXPECT_NE(refusal(even, 4), "not refused");
}

TEST(DhGroup, RefusesAPrimeWhoseHalfIsComposite) {
  EXPECT_NE(refusal(hex(kUnsafePrime), 4).find("not a safe prime"), std::string::npos);
}

TEST(DhGroup, ForgetsOldVerdictsOnly) {
  // More wrong numbers than are remembered; the answers stay the same.
  for (int i = 0; i < 100; ++i) {
    Bytes p = knownDhPrime();
    p[50] = static_cast<Byte>(i);
    p[51] ^= 1;
    EXPECT_FALSE(checkDhGroup(p, 4).ok());
  }
  EXPECT_TRUE(checkDhGroup(hex(kModpPrime), 2).ok());
}

/// 2^1984, and p - 2^1984.
Bytes lowEdge() {
  Bytes edge(256);
  edge[7] = 1;
  return edge;
}

Bytes highEdge() {
  Bytes edge = knownDhPrime();
  for (std::size_t at = 7; edge[at]-- == 0; --at) {
  }
  return edge;
}

Bytes below(Bytes number) {
  for (std::size_t at = number.size() - 1; number[at]-- == 0; --at) {
  }
  return number;
}

Bytes above(Bytes number) {
  for (std::size_t at = number.size() - 1; ++number[at] == 0; --at) {
  }
  return number;
}

TEST(DhValue, AcceptsTheEdgesOfItsRangeAndNothingBeyond) {
  const Bytes& p = knownDhPrime();
  EXPECT_TRUE(checkDhValue(lowEdge(), p).ok());
  EXPECT_TRUE(checkDhValue(highEdge(), p).ok());
  EXPECT_TRUE(checkDhValue(hex(exchange::kGa), p).ok());
  for (const Bytes& wrong : {below(lowEdge()), above(highEdge()), Bytes(), Bytes(256), Bytes{1}, below(p), p,
                             above(p), Bytes(257, 0xff)}) {
    const auto verdict = checkDhValue(wrong, p);
    ASSERT_FALSE(verdict.ok()) << toHex(wrong);
    EXPECT_EQ(verdict.error().code(), Errc::SecurityCheck);
  }
}

TEST(DhPower, GivesTheNumbersOfThePublishedExchange) {
  const Bytes& p = knownDhPrime();
  EXPECT_EQ(toHex(dhPower(3, hex(exchange::kB), p).reveal()), exchange::kGb);
  EXPECT_EQ(toHex(dhPower(hex(exchange::kGa), hex(exchange::kB), p).reveal()), exchange::kAuthKey);
}

TEST(DhPower, AlwaysGives256Bytes) {
  EXPECT_EQ(toHex(dhPower(3, Bytes{2}, knownDhPrime()).reveal()), std::string(510, '0') + "09");
  EXPECT_EQ(toHex(dhPower(3, {}, knownDhPrime()).reveal()), std::string(510, '0') + "01");
}

TEST(DhPower, IsTheSameForBothSides) {
  SeededRandom random(31);
  const Bytes& p = knownDhPrime();
  const Bytes a = random.bytes(256);
  const Bytes b = random.bytes(256);
  EXPECT_EQ(dhPower(dhPower(3, a, p).reveal(), b, p).reveal(),
            dhPower(dhPower(3, b, p).reveal(), a, p).reveal());
}

}  // namespace
}  // namespace mtpool::crypto
