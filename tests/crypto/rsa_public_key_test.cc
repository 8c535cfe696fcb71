// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/crypto/rsa.h"
#include "tests/crypto/hex.h"
#include "tests/crypto/rsa_test_key.h"

namespace mtpool::crypto {
namespace {

// A retired key of Telegram: good for arithmetic only.
constexpr std::string_view kOldKey = R"(-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAruw2yP/BCcsJliRoW5eBVBVle9dtjJw+OYED160Wybum9SXtBBLX
riwt4rROd9csv0t0OHCaTmRqBcQ0J8fxhN6/cpR1GWgOZRUAiQxoMnlt0R93LCX/
j1dnVa/gVbCjdSxpbrfY2g2L4frzjJvdl84Kd9ORYjDEAyFnEA7dD556OptgLQQ2
e2iVNq8NZLYTzLp5YpOdO1doK+ttrltggTCy5SrKeLoCPPbOgGsdxJxyz5KKcZnS
Lj16yE5HvJQn0CNpRdENvRUXe6tBP78O39oJ8BTHp9oIjd6XWXAsp2CvK45Ol8wF
XGF710w9lwCGNbmNxNYhtIkdqfsEcwR5JwIDAQAB
-----END RSA PUBLIC KEY-----
)";

// The same key as `openssl rsa -RSAPublicKey_in -pubout` writes it.
constexpr std::string_view kOldKeySpki = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAruw2yP/BCcsJliRoW5eB
VBVle9dtjJw+OYED160Wybum9SXtBBLXriwt4rROd9csv0t0OHCaTmRqBcQ0J8fx
hN6/cpR1GWgOZRUAiQxoMnlt0R93LCX/j1dnVa/gVbCjdSxpbrfY2g2L4frzjJvd
l84Kd9ORYjDEAyFnEA7dD556OptgLQQ2e2iVNq8NZLYTzLp5YpOdO1doK+ttrltg
gTCy5SrKeLoCPPbOgGsdxJxyz5KKcZnSLj16yE5HvJQn0CNpRdENvRUXe6tBP78O
39oJ8BTHp9oIjd6XWXAsp2CvK45Ol8wFXGF710w9lwCGNbmNxNYhtIkdqfsEcwR5
JwIDAQAB
-----END PUBLIC KEY-----
)";

// 1024 bits.
constexpr std::string_view kShortKey = R"(-----BEGIN RSA PUBLIC KEY-----
MIGJAoGBAO3aoQxrOVg+t9toaRdkPHL+7VIkiTXA2AVJaJW/0qscTsPLNCIK9FKf
YRxdDAAeDvTbQlLAX1KBf619VK80h7IIfUlN/xk99n9cfaHgfbumwkH4CMZ5DmRn
GLluHvuXqQrqFPNB98WaAN2zkxHnBHqbCvX+xMuB/fTmzHhyNMo9AgMBAAE=
-----END RSA PUBLIC KEY-----
)";

Errc parseError(std::string_view pem) {
  const auto keys = parsePublicKeys(pem);
  return keys.ok() ? Errc::Internal : keys.error().code();
}

TEST(RsaPublicKey, HasTheFingerprintsTelegramAnnounces) {
  ASSERT_EQ(telegramKeys(false).size(), 1u);
  ASSERT_EQ(telegramKeys(true).size(), 1u);
  EXPECT_EQ(telegramKeys(false)[0].fingerprint, 0xd09d1d85de64fd85u);
  EXPECT_EQ(telegramKeys(true)[0].fingerprint, 0xb25898df208d2603u);
  const auto old = parsePublicKeys(kOldKey);
  ASSERT_TRUE(old.ok());
  EXPECT_EQ((*old)[0].fingerprint, 0x0bc35f3509f7b7a5u);
  EXPECT_EQ((*old)[0].n.size(), 256u);
  EXPECT_EQ(toHex((*old)[0].e), "010001");
}

TEST(RsaPublicKey, ReadsBothFormatsAndSeveralBlocks) {
  const auto keys = parsePublicKeys("# our data centres\n" + std::string(kOldKey) + "\nand another:\n" +
                                    std::string(kOldKeySpki));
  ASSERT_TRUE(keys.ok()) << keys.error().text();
  ASSERT_EQ(keys->size(), 2u);
  EXPECT_EQ((*keys)[0].n, (*keys)[1].n);
  EXPECT_EQ((*keys)[0].e, (*keys)[1].e);
  EXPECT_EQ((*keys)[1].fingerprint, 0x0bc35f3509f7b7a5u);
}

TEST(RsaPublicKey, RefusesWhatIsNotAPublicKey) {
  EXPECT_EQ(parseError(""), Errc::InvalidConfig);
  EXPECT_EQ(parseError("no key at all"), Errc::InvalidConfig);
  EXPECT_EQ(parseError("-----BEGIN RSA PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----\n"),
            Errc::InvalidConfig);
  EXPECT_EQ(parseError(testKey().privatePem()), Errc::InvalidConfig);
  EXPECT_EQ(parseError(std::string(2'000'000, 'x')), Errc::InvalidConfig);
  EXPECT_EQ(parseError(std::string(kOldKey) + "-----BEGIN RSA PUBLIC KEY-----\nMIIB"), Errc::InvalidConfig);
}

TEST(RsaPublicKey, NamesTheBlockThatIsWrong) {
  const auto keys = parsePublicKeys(std::string(kOldKey) + testKey().privatePem());
  ASSERT_FALSE(keys.ok());
  EXPECT_NE(keys.error().text().find("block 2"), std::string::npos) << keys.error().text();
}

TEST(RsaPublicKey, RefusesEveryTextCutShort) {
  for (const std::string_view pem : {kOldKey, kOldKeySpki}) {
    // Without its final line end the text is still whole.
    for (std::size_t size = 0; size + 1 < pem.size(); ++size) {
      EXPECT_EQ(parseError(pem.substr(0, size)), Errc::InvalidConfig) << size;
    }
  }
}

TEST(RsaPublicKey, RefusesKeysOfAnotherSize) {
  const auto key = parsePublicKeys(kShortKey);
  ASSERT_FALSE(key.ok());
  EXPECT_NE(key.error().text().find("2048"), std::string::npos) << key.error().text();
}

}  // namespace
}  // namespace mtpool::crypto
