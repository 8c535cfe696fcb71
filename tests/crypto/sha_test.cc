// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/sha.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"

namespace mtpool::crypto {
namespace {

TEST(Sha, GivesThePublishedDigests) {
  EXPECT_EQ(toHex(sha1({viewOf("abc")})), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(toHex(sha1({})), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(toHex(sha256({viewOf("abc")})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha, HashesPiecesLikeTheirConcatenation) {
  const Bytes whole = counting(300);
  const ByteView view = whole;
  for (const std::size_t cut : {0u, 1u, 63u, 64u, 299u, 300u}) {
    EXPECT_EQ(sha1({view.first(cut), view.subspan(cut)}), sha1({view})) << cut;
    EXPECT_EQ(sha256({view.first(cut), {}, view.subspan(cut)}), sha256({view})) << cut;
  }
}

TEST(Sha256Stream, AgreesWithTheDigestOfTheWhole) {
  Sha256Stream stream;
  stream.update(viewOf("mt"));
  stream.update({});
  stream.update(viewOf("pool"));
  EXPECT_EQ(stream.finish(), sha256({viewOf("mtpool")}));
}

TEST(Sha, GivesTheSameOnEveryThread) {
  const Sha256Digest here = sha256({viewOf("mtpool")});
  Sha256Digest there{};
  std::thread([&] { there = sha256({viewOf("mtpool")}); }).join();
  EXPECT_EQ(there, here);
}

// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
TEST(Hmac, GivesThePublishedDigests) {
  EXPECT_EQ(toHex(hmacSha256(Bytes(20, 0x0b), viewOf("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(toHex(hmacSha256(viewOf("Jefe"), viewOf("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      toHex(hmacSha256(Bytes(131, 0xaa), viewOf("Test Using Larger Than Block-Size Key - Hash Key First"))),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, AcceptsAnEmptyKeyAfterAnother) {
  const Sha256Digest empty = hmacSha256({}, viewOf("data"));
  (void)hmacSha256(viewOf("key"), viewOf("data"));
  EXPECT_EQ(hmacSha256({}, viewOf("data")), empty);
}

TEST(Pbkdf2, GivesThePublishedKeys) {
  EXPECT_EQ(toHex(pbkdf2Sha512(viewOf("password"), viewOf("salt"), 1)),
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
            "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
  EXPECT_EQ(toHex(pbkdf2Sha512(viewOf("password"), viewOf("salt"), 4096)),
            "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
            "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5");
}

TEST(EqualConstantTime, ComparesContentAndSize) {
  const Bytes a = counting(16);
  Bytes b = a;
  EXPECT_TRUE(equalConstantTime(a, b));
  EXPECT_TRUE(equalConstantTime({}, {}));
  for (std::size_t i = 0; i < a.size(); ++i) {
    b = a;
    b[i] ^= 0x80;
    EXPECT_FALSE(equalConstantTime(a, b)) << i;
  }
  EXPECT_FALSE(equalConstantTime(a, ByteView(a).first(15)));
}

}  // namespace
}  // namespace mtpool::crypto
