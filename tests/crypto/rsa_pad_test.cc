// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>

#include "engine/crypto/rsa.h"
#include "engine/crypto/sha.h"
#include "tests/crypto/freed_memory.h"
#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"
#include "tests/crypto/rsa_test_key.h"

namespace mtpool::crypto {
namespace {

constexpr std::string_view kPublishedEncrypted =
    "9ca8987681708ffb4350a44cb607935ab2e1f99c46cf963dd06d1bc2385df5c5a85fb5c4695928010ee5e1e7d67e125c"
    "136b97cdd55fbb03f29732499acc2bad9090d8ce23200dc29bb5776b35d44f283d5e94f34d63e06b10276becd9eedadb"
    "95dd4631ce606491e046de7a4df3d5b0906c931be360cff063a45e342045604df083e64d8ade3d9b481c3923463e82d6"
    "355c33cb364758bd37fd1e72948c4a73b8c7d0733f6713eb07eadabd26a72fd0d5f6787e8abb525d5056d95098fbce26"
    "9b9186d39214e81c7a6e31ef931fac4ecdf7279f2c48ec7757546f39870092c57874f9bb7b62704bdec31a54e90aa47d"
    "1d5066478d978c48d955b985c705f90b";

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

TEST(RsaPad, Thr02LeavesNoCopyOfTheDataInFreedMemory) {
  SeededRandom random(24);
  const Bytes data = random.bytes(144);
  const FreedMemory freed(ByteView(data).first(32));
  const Bytes cipher = rsaPadEncrypt(telegramKeys(false)[0], data, random);
  EXPECT_EQ(cipher.size(), 256u);
  EXPECT_FALSE(freed.heldTheSecret());
}

TEST(RsaPad, ALookIntoFreedMemoryFindsWhatIsLeftThere) {
  SeededRandom random(24);
  const Bytes data = random.bytes(144);
  const FreedMemory freed(ByteView(data).first(32));
  std::make_unique<Bytes>(data.rbegin(), data.rend()).reset();
  EXPECT_TRUE(freed.heldTheSecret());
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

}  // namespace
}  // namespace mtpool::crypto
