// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/aes.h"

#include <gtest/gtest.h>

#include "engine/base/random.h"
#include "engine/crypto/aes_ige_backends.h"
#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"

namespace mtpool::crypto {
namespace {

struct IgeVector {
  const char* key;
  const char* iv;
  const char* plain;
  const char* cipher;
};

constexpr IgeVector kVectors[] = {{"5468697320697320616E20696D706C655468697320697320616E20696D706C65",
                                   "6D656E746174696F6E206F6620494745206D6F646520666F72204F70656E5353",
                                   "99706487a1cde613bc6de0b6f24b1c7aa448c8b9c3403e3467a8cad89340f53b",
                                   "792ea8ae577b1a66cb3bd92679b8030ca54ee631976bd3a04547fdcb4639fa69"},
                                  {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                                   "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                                   "0000000000000000000000000000000000000000000000000000000000000000",
                                   "4a7f16441cee6781e8374f261edeb88dc77147ebd5121de8d0fae7762423b6bf"}};

using Ige = void (*)(IgeDirection, const AesKeyIv&, ByteView, MutableBytes);

void igePublic(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out) {
  if (direction == IgeDirection::Encrypt) {
    igeEncrypt(k, in, out);
  } else {
    igeDecrypt(k, in, out);
  }
}

struct Implementation {
  const char* name;
  Ige run;
  bool needsAesNi;
};

/// Every test runs on what the product calls, and on both implementations beneath it.
class AesIge : public ::testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    if (GetParam().needsAesNi && !aesNiAvailable()) {
      GTEST_SKIP() << "this CPU has no AES instructions";
    }
  }

  static Bytes run(IgeDirection direction, const AesKeyIv& k, ByteView in) {
    Bytes out(in.size());
    GetParam().run(direction, k, in, out);
    return out;
  }
};

INSTANTIATE_TEST_SUITE_P(Implementations, AesIge,
                         ::testing::Values(Implementation{"Chosen", igePublic, false},
                                           Implementation{"AesNi", igeAesNi, true},
                                           Implementation{"Evp", igeEvp, false}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_P(AesIge, GivesTheKnownAnswersBothWays) {
  for (const IgeVector& vector : kVectors) {
    const AesKeyIv k{hexArray<32>(vector.key), hexArray<32>(vector.iv)};
    EXPECT_EQ(run(IgeDirection::Encrypt, k, hex(vector.plain)), hex(vector.cipher));
    EXPECT_EQ(run(IgeDirection::Decrypt, k, hex(vector.cipher)), hex(vector.plain));
  }
}

TEST_P(AesIge, DecryptsTheAnswerOfThePublishedKeyExchange) {
  const AesKeyIv k{hexArray<32>(exchange::kTmpAesKey), hexArray<32>(exchange::kTmpAesIv)};
  const Bytes plain = run(IgeDirection::Decrypt, k, hex(exchange::kEncryptedAnswer));
  ASSERT_EQ(plain.size(), 592u);
  EXPECT_EQ(toHex(ByteView(plain).first(20)), exchange::kAnswerSha1);
  EXPECT_TRUE(toHex(ByteView(plain).subspan(20)).starts_with(exchange::kAnswerHead));
  EXPECT_EQ(toHex(ByteView(plain).last(8)), exchange::kAnswerPadding);
}

TEST_P(AesIge, WorksInPlaceLikeApart) {
  SeededRandom random(11);
  for (const std::size_t blocks : {1u, 2u, 3u, 7u, 64u}) {
    const AesKeyIv k{random.array<32>(), random.array<32>()};
    const Bytes plain = random.bytes(16 * blocks);
    const Bytes cipher = run(IgeDirection::Encrypt, k, plain);
    Bytes buffer = plain;
    GetParam().run(IgeDirection::Encrypt, k, buffer, buffer);
    EXPECT_EQ(buffer, cipher) << blocks;
    GetParam().run(IgeDirection::Decrypt, k, buffer, buffer);
    EXPECT_EQ(buffer, plain) << blocks;
  }
}

TEST_P(AesIge, AgreesWithTheOtherImplementationOnAnyAlignment) {
  SeededRandom random(12);
  for (std::size_t offset = 0; offset < 16; ++offset) {
    const AesKeyIv k{random.array<32>(), random.array<32>()};
    const Bytes memory = random.bytes(offset + 16 * 33);
    const ByteView in = ByteView(memory).subspan(offset);
    for (const IgeDirection direction : {IgeDirection::Encrypt, IgeDirection::Decrypt}) {
      Bytes expected(in.size());
      igeEvp(direction, k, in, expected);
      EXPECT_EQ(run(direction, k, in), expected) << offset;
    }
  }
}

TEST_P(AesIge, LeavesNothingToDoForNoBytes) {
  EXPECT_TRUE(run(IgeDirection::Encrypt, AesKeyIv{}, {}).empty());
  EXPECT_TRUE(run(IgeDirection::Decrypt, AesKeyIv{}, {}).empty());
}

TEST(AesIgeDeathTest, RefusesHalfBlocksAndUnequalSizes) {
  Bytes half(24);
  Bytes longer(48);
  const Bytes whole(32);
  EXPECT_DEATH(igeEncrypt(AesKeyIv{}, half, half), "");
  EXPECT_DEATH(igeDecrypt(AesKeyIv{}, whole, longer), "");
}

// NIST SP 800-38A, F.5.5.
constexpr std::string_view kCtrKey = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
constexpr std::string_view kCtrIv = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
constexpr std::string_view kCtrPlain =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
constexpr std::string_view kCtrCipher =
    "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
    "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6";

TEST(AesCtr, GivesTheKnownAnswerInOnePiece) {
  AesCtr stream(hexArray<32>(kCtrKey), hexArray<16>(kCtrIv));
  Bytes data = hex(kCtrPlain);
  stream.apply(data);
  EXPECT_EQ(toHex(data), kCtrCipher);
}

TEST(AesCtr, ContinuesTheStreamAcrossPiecesOfAnySizeAndAMove) {
  const Bytes cipher = hex(kCtrCipher);
  for (std::size_t cut = 0; cut <= cipher.size(); ++cut) {
    AesCtr first(hexArray<32>(kCtrKey), hexArray<16>(kCtrIv));
    Bytes data = cipher;
    first.apply(MutableBytes(data).first(cut));
    AesCtr second = std::move(first);
    second.apply(MutableBytes(data).subspan(cut));
    EXPECT_EQ(toHex(data), kCtrPlain) << cut;
  }
}

TEST(AesCtr, CarriesTheCounterAcrossAllItsBytes) {
  const AesKey key = hexArray<32>(kCtrKey);
  std::array<Byte, 16> last;
  last.fill(0xff);
  AesCtr wrapping(key, last);
  Bytes data(32);
  wrapping.apply(data);
  AesCtr fromZero(key, {});
  Bytes zero(16);
  fromZero.apply(zero);
  EXPECT_EQ(toHex(ByteView(data).last(16)), toHex(zero));
}

// obfuscated2 with a secret: the key stream of a whole header, then of the first bytes behind it.
TEST(AesCtr, GivesTheKeyStreamOfAnObfuscatedHeader) {
  AesCtr stream(hexArray<32>("5a4be5232bb556e470df2c648164f0ec1bdf53a0c799f40fb3d3935784a826c1"),
                hexArray<16>("8633e3837a0c1c24fa6f29ccd724be6f"));
  Bytes header(64);
  stream.apply(header);
  Bytes next = toBytes(viewOf("abcd"));
  stream.apply(next);
  EXPECT_EQ(toHex(next), "ca7a8226");
}

}  // namespace
}  // namespace mtpool::crypto
