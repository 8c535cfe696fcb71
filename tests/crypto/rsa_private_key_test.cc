// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/crypto/rsa.h"
#include "tests/crypto/rsa_test_key.h"

namespace mtpool::crypto {
namespace {

TEST(RsaPrivateKey, IsTheSameForTheSameSeed) {
  SeededRandom again(2026);
  const RsaPrivateKey same = RsaPrivateKey::generate(again);
  EXPECT_EQ(same.privatePem(), testKey().privatePem());
  SeededRandom different(2027);
  EXPECT_NE(RsaPrivateKey::generate(different).publicKey().n, testKey().publicKey().n);
}

TEST(RsaPrivateKey, HasAFingerprintOfSixteenDigits) {
  SeededRandom random(3);  // this seed's first key has a fingerprint with a leading zero
  const RsaPrivateKey key = RsaPrivateKey::generate(random);
  EXPECT_NE(key.publicKey().fingerprint >> 60, 0u);
}

TEST(RsaPrivateKey, SurvivesItsFiles) {
  const auto read = RsaPrivateKey::fromPem(testKey().privatePem());
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(read->privatePem(), testKey().privatePem());
  const auto published = parsePublicKeys(testKey().publicPem());
  ASSERT_TRUE(published.ok());
  ASSERT_EQ(published->size(), 1u);
  EXPECT_EQ((*published)[0].n, testKey().publicKey().n);
  EXPECT_EQ((*published)[0].fingerprint, testKey().publicKey().fingerprint);
}

TEST(RsaPrivateKey, RefusesFilesThatAreNotOne) {
  const std::string pem = testKey().privatePem();
  for (const std::string& wrong :
       {std::string(), testKey().publicPem(), pem + pem, pem.substr(0, pem.size() / 2)}) {
    const auto key = RsaPrivateKey::fromPem(wrong);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().code(), Errc::InvalidConfig);
  }
}

TEST(RsaPrivateKey, RefusesNumbersThatDoNotBelongTogether) {
  // Another digit anywhere in the text changes one of the numbers, or the shape around them. The last three
  // numbers follow from the others and are not used.
  const std::string pem = testKey().privatePem();
  const std::size_t lines = std::string_view("-----BEGIN RSA PRIVATE KEY-----\n").size();
  for (std::size_t at = lines + 20; at < lines + 1050; at += 61) {
    if (pem[at] == '\n') {
      continue;
    }
    std::string changed = pem;
    changed[at] = pem[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(RsaPrivateKey::fromPem(changed).ok()) << at;
  }
}

TEST(RsaPrivateKey, GivesRawResultsWithTheirLeadingZeros) {
  Bytes one(256);
  one.back() = 1;
  EXPECT_EQ(testKey().rawDecrypt(one), one);
  EXPECT_EQ(testKey().rawDecrypt(Bytes(256)), Bytes(256));
}

}  // namespace
}  // namespace mtpool::crypto
