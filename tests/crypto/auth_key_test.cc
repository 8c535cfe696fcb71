// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/auth_key.h"

#include <gtest/gtest.h>

#include "engine/crypto/sha.h"
#include "tests/crypto/hex.h"
#include "tests/crypto/key_exchange_sample.h"

namespace mtpool::crypto {
namespace {

Bytes idBytes(const AuthKey& key) {
  Bytes bytes(8);
  storeLe64(bytes.data(), key.id());
  return bytes;
}

MsgKey countingMsgKey() {
  return hexArray<16>("000102030405060708090a0b0c0d0e0f");
}

void expectKey(const AesKeyIv& k, std::string_view key, std::string_view iv) {
  EXPECT_EQ(toHex(k.key), key);
  EXPECT_EQ(toHex(k.iv), iv);
}

TEST(AuthKey, NamesItselfByTheEndsOfItsHash) {
  const AuthKey counted(counting(256));
  EXPECT_EQ(toHex(idBytes(counted)), "32d1586ea457dfc8");
  EXPECT_EQ(toHex(counted.auxHash()), "4916d6bdb7f78e68");

  const AuthKey published(hex(exchange::kAuthKey));
  EXPECT_EQ(toHex(idBytes(published)), exchange::kAuthKeyId);
  EXPECT_EQ(toHex(published.auxHash()), exchange::kAuxHash);
}

TEST(AuthKeyDeathTest, TakesExactly256Bytes) {
  EXPECT_DEATH(AuthKey{Bytes(255)}, "");
  EXPECT_DEATH(AuthKey{Bytes(257)}, "");
}

TEST(AuthKey, DerivesMessageKeysForBothSenders) {
  const AuthKey key(counting(256));
  expectKey(key.messageKey(countingMsgKey(), Sender::Client),
            "704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e",
            "4d266000a550edabbf4c7ce40fd0043cc92230184cd317a5cc9c2482fd3b9318");
  expectKey(key.messageKey(countingMsgKey(), Sender::Server),
            "217725799b245806458174a1fcfbc883906807b15033fdd0ea2b4d69cf9c364e",
            "669a6538917a4fa56ca32360a431c9160be4ad887140980dab91ce7bdc47ffbc");
}

TEST(AuthKey, DerivesTheOldKeysForBothSenders) {
  const AuthKey key(counting(256));
  expectKey(key.messageKeyV1(countingMsgKey(), Sender::Client),
            "17d7295ca9213d1ab656acdb1ad48b2ea7f3a8f7095098d5508b900bbd5fccfc",
            "2d7d16a65a84108e9805656caa474501cc580aa2edc33abfd0bfad785464d1c6");
  expectKey(key.messageKeyV1(countingMsgKey(), Sender::Server),
            "bb17b07eb91110647098b069bd1a9b6fe5c4bcc3c31f8e67e831d07a61085f68",
            "5197fc1e25b41fe36f18b5a3a8b2b36cb2cb061f1f157b3514fe42e74fb58359");
}

/// salt, session id, message id, sequence number 1 and a ping, padded with AA.
Bytes pingPlaintext(Byte lowestOfMessageId) {
  Bytes plain = hex("1111111111111111 2222222222222222");
  append(plain, ByteView(&lowestOfMessageId, 1));
  append(plain, hex("563412 00f15365 01000000 0c000000 ec77be7a0807060504030201"));
  plain.resize(plain.size() + 20, 0xaa);
  return plain;
}

struct PacketVector {
  Sender sender;
  Byte lowestOfMessageId;
  std::string_view msgKeyLarge;
  std::string_view packet;
};

TEST(AuthKey, EncryptsWholePacketsToTheKnownBytes) {
  const PacketVector vectors[] = {
      {Sender::Client, 0x78, "cf8fcc82a9694e0d6dd615626da4cd1f1390752e9141f4a8ff792160aa0d0834",
       "32d1586ea457dfc86dd615626da4cd1f1390752e9141f4a88e49032e087c2cdbf812a83eb02b5cbbec0612351e6dce91"
       "9abc24a9c1cd75f0270755e87abf5f48e2828f66b128e6fcc45f0af3f5dfc2b5d0d7e736a6b043b1"},
      {Sender::Server, 0x79, "c79418aaf2a50c64d5bbced3b48552e7d0135a127f197a548549ea18df0e7839",
       "32d1586ea457dfc8d5bbced3b48552e7d0135a127f197a545bf4370127f50f1d1d6634999cda08955d47b0889f097ba7"
       "3ad69ce2b33d4979df25c28946772efbb78c6c19f57ee70c5c4337fcc5c7782eb37d46ad775d29c8"}};
  const AuthKey key(counting(256));
  for (const PacketVector& vector : vectors) {
    const Bytes plain = pingPlaintext(vector.lowestOfMessageId);
    const auto large = key.msgKeyLarge(vector.sender, plain);
    EXPECT_EQ(toHex(large), vector.msgKeyLarge);

    MsgKey msgKey;
    std::copy_n(large.begin() + 8, msgKey.size(), msgKey.begin());
    Bytes packet = idBytes(key);
    append(packet, msgKey);
    Bytes body(plain.size());
    igeEncrypt(key.messageKey(msgKey, vector.sender), plain, body);
    append(packet, body);
    EXPECT_EQ(toHex(packet), vector.packet);
  }
}

TEST(AuthKey, EncryptsTheBindingOfATemporaryKeyToTheKnownBytes) {
  Bytes permanent(256);
  for (std::size_t i = 0; i < permanent.size(); ++i) {
    permanent[i] = static_cast<Byte>(255 - i);
  }
  const AuthKey key(permanent);
  EXPECT_EQ(toHex(idBytes(key)), "96d1b10e8f724a13");

  // random(16) | message id | sequence number 0 | length 40 | bind_auth_key_inner
  Bytes plain(16, 0xcd);
  append(plain, hex("0000000000000000 00000000 28000000"));
  storeLe64(plain.data() + 16, (std::uint64_t{1735600000} << 32) | 0x1000);
  append(plain, hex("65f7a375070605040302010032d1586ea457dfc896d1b10e8f724a13706050403020100080857467"));
  const Sha1Digest digest = sha1({plain});
  MsgKey msgKey;
  std::copy_n(digest.begin() + 4, msgKey.size(), msgKey.begin());
  plain.resize(plain.size() + 8, 0xcd);

  Bytes message = idBytes(key);
  append(message, msgKey);
  Bytes body(plain.size());
  igeEncrypt(key.messageKeyV1(msgKey, Sender::Client), plain, body);
  append(message, body);
  EXPECT_EQ(toHex(message),
            "96d1b10e8f724a1315924e24a6c373afb1b0c49b453f6e6161351d573841f522cf967852bd170b61b964b7bbd6422d2c"
            "16f0841e318bdfada1b212fc6adc065dcd623e6a9cf1d7a8533427275d748d514beb8d01cfc9ec4d2076db631ab0ac3e"
            "552a2236ab5d7188");
}

TEST(HandshakeKey, GivesTheKnownAnswers) {
  expectKey(handshakeKey(hexArray<32>(exchange::kNewNonce), hexArray<16>(exchange::kServerNonce)),
            exchange::kTmpAesKey, exchange::kTmpAesIv);
  expectKey(handshakeKey(hexArray<32>("311C85DB234AA2640AFC4A76A735CF5B1F0FD68BD17FA181E1229AD867CC024D"),
                         hexArray<16>("A5CF4D33F4A11EA877BA4AA573907330")),
            "f011280887c7bb01df0fc4e17830e0b91fbb8be4b2267cb985ae25f33b527253",
            "3212d579ee35452ed23e0d0c92841aa7d31b2e9bdef2151e80d15860311c85db");
}

TEST(HandshakeKey, KeepsLeadingZerosOfNonces) {
  expectKey(handshakeKey(hexArray<32>("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                         hexArray<16>("002122232425262728292a2b2c2d2e2f")),
            "0a2d0f607499a866848e41798a34315e4922c39fe55c6caf5bc322c4b8c08c6a",
            "9cb702d4fd6e5d25e864070e166e6218f6783e8511471a5ab7802cf200010203");
}

TEST(NewNonceHash, GivesTheThreeAnswersOfThePublishedExchange) {
  const auto newNonce = hexArray<32>(exchange::kNewNonce);
  const auto auxHash = hexArray<8>(exchange::kAuxHash);
  EXPECT_EQ(toHex(newNonceHash(newNonce, 1, auxHash)), exchange::kNewNonceHash1);
  EXPECT_EQ(toHex(newNonceHash(newNonce, 2, auxHash)), exchange::kNewNonceHash2);
  EXPECT_EQ(toHex(newNonceHash(newNonce, 3, auxHash)), exchange::kNewNonceHash3);
}

}  // namespace
}  // namespace mtpool::crypto
