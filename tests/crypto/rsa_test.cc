// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/rsa.h"

#include <gtest/gtest.h>

#include "engine/crypto/sha.h"
#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"

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

constexpr std::string_view kPublishedEncrypted =
    "9ca8987681708ffb4350a44cb607935ab2e1f99c46cf963dd06d1bc2385df5c5a85fb5c4695928010ee5e1e7d67e125c"
    "136b97cdd55fbb03f29732499acc2bad9090d8ce23200dc29bb5776b35d44f283d5e94f34d63e06b10276becd9eedadb"
    "95dd4631ce606491e046de7a4df3d5b0906c931be360cff063a45e342045604df083e64d8ade3d9b481c3923463e82d6"
    "355c33cb364758bd37fd1e72948c4a73b8c7d0733f6713eb07eadabd26a72fd0d5f6787e8abb525d5056d95098fbce26"
    "9b9186d39214e81c7a6e31ef931fac4ecdf7279f2c48ec7757546f39870092c57874f9bb7b62704bdec31a54e90aa47d"
    "1d5066478d978c48d955b985c705f90b";

/// Generating takes a while; one key serves all tests.
const RsaPrivateKey& testKey() {
  static const RsaPrivateKey key = [] {
    SeededRandom random(2026);
    return RsaPrivateKey::generate(random);
  }();
  return key;
}

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

TEST(RsaPad, GivesTheKnownAnswerOfAnotherImplementation) {
  const auto encrypted = rsaPadEncryptWith(telegramKeys(false)[0], Bytes(144, 'a'), Bytes(48), Bytes(32));
  ASSERT_TRUE(encrypted.has_value());
  EXPECT_TRUE(toHex(*encrypted).starts_with("bf68719e836806b040cd261ecaf66eb3"));
  EXPECT_TRUE(toHex(*encrypted).ends_with("ecab8711bd269e441b6084f385726ff0"));
  EXPECT_EQ(toHex(sha256({*encrypted})), "e7f8903bc62da5a0fd544abd09f2ea52a8af7034d30ae3151c1329a451671321");
}

TEST(RsaPad, EncryptsThePublishedInnerData) {
  const auto encrypted = rsaPadEncryptWith(telegramKeys(false)[0], hex(exchange::kInnerData),
                                           hex(exchange::kInnerPadding), counting(32));
  ASSERT_TRUE(encrypted.has_value());
  EXPECT_EQ(toHex(*encrypted), kPublishedEncrypted);
}

TEST(RsaPad, AsksForAnotherTemporaryKeyWhenTheValueIsNotBelowTheModulus) {
  int redrawn = 0;
  int first = -1;
  for (int t = 0; t < 256; ++t) {
    const auto encrypted = rsaPadEncryptWith(telegramKeys(false)[0], hex(exchange::kInnerData),
                                             hex(exchange::kInnerPadding), Bytes(32, static_cast<Byte>(t)));
    if (!encrypted) {
      first = first < 0 ? t : first;
      ++redrawn;
    }
  }
  EXPECT_EQ(redrawn, 21);
  EXPECT_EQ(first, 7);
}

/// Gives 192 - 144 zero bytes of padding, then temporary keys filled with the bytes of a script.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(Bytes script) : script_(std::move(script)) {}

  void fill(MutableBytes out) override {
    std::fill(out.begin(), out.end(), script_.at(next_));
    ++next_;
  }

  std::size_t drawn() const { return next_; }

 private:
  Bytes script_;
  std::size_t next_ = 0;
};

TEST(RsaPad, DrawsTheTemporaryKeyAgainButKeepsThePadding) {
  const RsaPublicKey& key = telegramKeys(false)[0];
  const Bytes data(144, 'a');
  const Bytes padding(48, 0x33);
  Byte bad = 0;
  while (rsaPadEncryptWith(key, data, padding, Bytes(32, bad)).has_value()) {
    ++bad;
  }
  Byte good = bad;
  while (!rsaPadEncryptWith(key, data, padding, Bytes(32, good)).has_value()) {
    ++good;
  }
  ScriptedRandom random({0x33, bad, bad, good});
  EXPECT_EQ(rsaPadEncrypt(key, data, random), *rsaPadEncryptWith(key, data, padding, Bytes(32, good)));
  EXPECT_EQ(random.drawn(), 4u);
}

TEST(RsaPad, ComesBackFromThePrivateKey) {
  SeededRandom random(21);
  for (const std::size_t size : {0u, 1u, 96u, 100u, 144u}) {
    const Bytes data = random.bytes(size);
    const Bytes cipher = rsaPadEncrypt(testKey().publicKey(), data, random);
    ASSERT_EQ(cipher.size(), 256u);
    const auto padded = testKey().padDecrypt(cipher);
    ASSERT_TRUE(padded.ok());
    ASSERT_EQ(padded->size(), 192u);
    EXPECT_EQ(toBytes(ByteView(*padded).first(size)), data);
  }
}

TEST(RsaPad, RefusesChangedForeignAndImpossibleData) {
  SeededRandom random(22);
  const Bytes cipher = rsaPadEncrypt(testKey().publicKey(), viewOf("data"), random);
  for (std::size_t i = 0; i < cipher.size(); i += 15) {
    Bytes changed = cipher;
    changed[i] ^= 1;
    const auto result = testKey().padDecrypt(changed);
    ASSERT_FALSE(result.ok()) << i;
    EXPECT_EQ(result.error().code(), Errc::SecurityCheck);
  }
  EXPECT_FALSE(testKey().padDecrypt(rsaPadEncrypt(telegramKeys(true)[0], viewOf("data"), random)).ok());
  EXPECT_FALSE(testKey().padDecrypt(ByteView(cipher).first(255)).ok());
  EXPECT_FALSE(testKey().padDecrypt(testKey().publicKey().n).ok());
  EXPECT_FALSE(testKey().padDecrypt({}).ok());
}

TEST(RsaPadDeathTest, TakesAtMost144Bytes) {
  SeededRandom random(23);
  EXPECT_DEATH((void)rsaPadEncrypt(telegramKeys(false)[0], Bytes(145), random), "");
}

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
