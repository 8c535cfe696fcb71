// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/sealed_box.h"

#include <gtest/gtest.h>

#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

constexpr std::string_view kContext = "account:7:dc2:v3";

MasterKey masterKey(Byte first = 0) {
  return MasterKey(counting(32, first));
}

Bytes sealedSample(std::uint64_t seed = 41) {
  SeededRandom random(seed);
  return seal(masterKey(), kContext, viewOf("an authorisation key"), random);
}

Errc unsealError(const MasterKey& master, std::string_view context, ByteView sealed) {
  const auto plain = unseal(master, context, sealed);
  return plain.ok() ? Errc::Internal : plain.error().code();
}

TEST(SealedBox, OpensWhatItSealed) {
  SeededRandom random(42);
  for (const std::size_t size : {0u, 1u, 16u, 256u, 100000u}) {
    const Bytes plain = random.bytes(size);
    const Bytes sealed = seal(masterKey(), kContext, plain, random);
    EXPECT_EQ(sealed.size(), size + 29);
    EXPECT_EQ(sealed[0], 1);
    const auto opened = unseal(masterKey(), kContext, sealed);
    ASSERT_TRUE(opened.ok()) << size;
    EXPECT_EQ(opened->reveal(), plain);
  }
}

// Computed with Python's cryptography package (HKDF, AESGCM): version 1 can be read by other hands.
TEST(SealedBox, KeepsItsFormat) {
  const auto opened = unseal(masterKey(), kContext,
                             hex("01a0a1a2a3a4a5a6a7a8a9aaab0137d3e3b6057b19369aa4ca99706095d1b148"
                                 "6e7b8565351d46ff3b3aa912e378f6b7f4"));
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(charsOf(opened->reveal()), "an authorisation key");
}

TEST(SealedBox, HidesThePlainBytesAndNeverRepeatsItself) {
  const Bytes sealed = sealedSample();
  EXPECT_EQ(charsOf(sealed).find("authorisation"), std::string_view::npos);
  SeededRandom random(43);
  EXPECT_NE(seal(masterKey(), kContext, viewOf("x"), random),
            seal(masterKey(), kContext, viewOf("x"), random));
}

TEST(SealedBox, RefusesEveryFlippedBit) {
  const Bytes sealed = sealedSample();
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    Bytes damaged = sealed;
    damaged[bit / 8] ^= static_cast<Byte>(1u << (bit % 8));
    EXPECT_EQ(unsealError(masterKey(), kContext, damaged), Errc::StorageCorrupt) << bit;
  }
}

TEST(SealedBox, RefusesEveryTruncationAndAddition) {
  Bytes sealed = sealedSample();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(unsealError(masterKey(), kContext, ByteView(sealed).first(size)), Errc::StorageCorrupt) << size;
  }
  sealed.push_back(0);
  EXPECT_EQ(unsealError(masterKey(), kContext, sealed), Errc::StorageCorrupt);
}

TEST(SealedBox, RefusesTheRecordOfAnotherContext) {
  const Bytes sealed = sealedSample();
  for (const std::string_view other : {"account:8:dc2:v3", "account:7:dc4:v3", "account:7:dc2:v2", ""}) {
    EXPECT_EQ(unsealError(masterKey(), other, sealed), Errc::StorageCorrupt) << other;
  }
}

TEST(SealedBox, RefusesAnotherMasterKeyAndSaysWhereToLook) {
  const auto plain = unseal(masterKey(1), kContext, sealedSample());
  ASSERT_FALSE(plain.ok());
  EXPECT_EQ(plain.error().code(), Errc::StorageCorrupt);
  EXPECT_NE(plain.error().text().find("MTPOOL_MASTER_KEY_FILE"), std::string::npos);
  EXPECT_NE(plain.error().text().find(kContext), std::string::npos);
}

TEST(SealedBoxDeathTest, TakesAMasterKeyOf32Bytes) {
  SeededRandom random(44);
  EXPECT_DEATH((void)seal(MasterKey(Bytes(16)), kContext, viewOf("x"), random), "");
}

}  // namespace
}  // namespace mtpool::crypto
