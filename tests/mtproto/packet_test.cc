// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/packet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mtpool::mtproto {
namespace {

using crypto::AuthKey;
using crypto::Sender;

Bytes hex(std::string_view text) {
  return parseHex(text).value();
}

/// 00 01 .. ff, the key of the published vectors.
const AuthKey& countingKey() {
  static const AuthKey key = [] {
    Bytes bytes(256);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<Byte>(i);
    }
    return AuthKey(bytes);
  }();
  return key;
}

Envelope vectorEnvelope(std::int64_t residue) {
  return {0x1111111111111111, 0x2222222222222222, ((std::int64_t{1700000000} << 32) | 0x12345678) | residue,
          1};
}

const Bytes kPing = hex("ec77be7a0807060504030201");

constexpr std::string_view kFromClient =
    "32d1586ea457dfc86dd615626da4cd1f1390752e9141f4a88e49032e087c2cdbf812a83eb02b5cbbec0612351e6dce919abc24a9"
    "c1cd75f0270755e87abf5f48e2828f66b128e6fcc45f0af3f5dfc2b5d0d7e736a6b043b1";
constexpr std::string_view kFromServer =
    "32d1586ea457dfc8d5bbced3b48552e7d0135a127f197a545bf4370127f50f1d1d6634999cda08955d47b0889f097ba73ad69ce2"
    "b33d4979df25c28946772efbb78c6c19f57ee70c5c4337fcc5c7782eb37d46ad775d29c8";

TEST(Packet, EncryptsAsPublished) {
  Bytes out;
  encryptPacketWith(countingKey(), Sender::Client, vectorEnvelope(0), kPing, Bytes(20, 0xaa), out);
  EXPECT_EQ(toHex(out), kFromClient);
  out.clear();
  encryptPacketWith(countingKey(), Sender::Server, vectorEnvelope(1), kPing, Bytes(20, 0xaa), out);
  EXPECT_EQ(toHex(out), kFromServer);
}

TEST(Packet, DecryptsWhatWasPublished) {
  Bytes scratch;
  const auto packet = decryptPacket(countingKey(), Sender::Server, hex(kFromServer), scratch);
  ASSERT_TRUE(packet.ok());
  EXPECT_EQ(packet->envelope.salt, 0x1111111111111111U);
  EXPECT_EQ(packet->envelope.sessionId, 0x2222222222222222U);
  EXPECT_EQ(packet->envelope.msgId, vectorEnvelope(1).msgId);
  EXPECT_EQ(packet->envelope.seqNo, 1);
  EXPECT_EQ(toBytes(packet->body), kPing);
  EXPECT_EQ(packet->quickAck, 0xaa1894c7U);
}

TEST(Packet, CutsThePaddingOfThePaddedTransport) {
  for (std::size_t extra = 0; extra < 16; ++extra) {
    Bytes packet = hex(kFromServer);
    packet.insert(packet.end(), extra, 0x77);
    Bytes scratch;
    EXPECT_TRUE(decryptPacket(countingKey(), Sender::Server, packet, scratch).ok()) << extra;
  }
}

std::string failureOf(ByteView packet, Sender sender = Sender::Server) {
  Bytes scratch;
  const auto result = decryptPacket(countingKey(), sender, packet, scratch);
  EXPECT_FALSE(result.ok());
  if (result.ok()) {
    return "accepted";
  }
  EXPECT_EQ(result.error().code(), Errc::SecurityCheck);
  return result.error().text();
}

TEST(Packet, RefusesEveryFlippedBitAlike) {
  const Bytes good = hex(kFromServer);
  std::set<std::string> texts;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes bad = good;
    bad[bit / 8] ^= static_cast<Byte>(1 << (bit % 8));
    texts.insert(failureOf(bad));
  }
  EXPECT_EQ(texts.size(), 1U);
}

TEST(Packet, RefusesShortPacketsAndForeignDirections) {
  const Bytes good = hex(kFromServer);
  for (const std::size_t size : {0U, 7U, 8U, 23U, 24U, 25U, 39U, 40U, 71U, 87U}) {
    failureOf(ByteView(good).first(size));
  }
  failureOf(hex(kFromClient), Sender::Server);
}

/// A packet whose msg_key is right but whose length field says `length` over `plainSize` decrypted bytes.
Bytes withLength(std::uint32_t length, std::size_t plainSize) {
  Bytes plain(plainSize, 0);
  storeLe32(plain.data() + 28, length);
  const auto large = countingKey().msgKeyLarge(Sender::Server, plain);
  crypto::MsgKey msgKey;
  std::copy_n(large.begin() + 8, msgKey.size(), msgKey.begin());
  crypto::igeEncrypt(countingKey().messageKey(msgKey, Sender::Server), plain, plain);
  Bytes packet(8);
  storeLe64(packet.data(), countingKey().id());
  append(packet, msgKey);
  append(packet, plain);
  return packet;
}

TEST(Packet, RefusesImpossibleLengthsBehindARightKey) {
  Bytes scratch;
  EXPECT_TRUE(decryptPacket(countingKey(), Sender::Server, withLength(4, 48), scratch).ok());
  EXPECT_TRUE(decryptPacket(countingKey(), Sender::Server, withLength(0, 32 + 1024), scratch).ok());
  const std::string text = failureOf(withLength(8, 48));   // padding 8
  EXPECT_EQ(failureOf(withLength(5, 64)), text);           // not a multiple of 4
  EXPECT_EQ(failureOf(withLength(16, 32 + 1056)), text);   // padding 1040
  EXPECT_EQ(failureOf(withLength(0xfffffffc, 64)), text);  // negative
  EXPECT_EQ(failureOf(withLength(0x7ffffffc, 64)), text);  // beyond the end
  EXPECT_EQ(failureOf(withLength(36, 64)), text);          // beyond the end by 4
}

TEST(Packet, PadsByRandomAmountsWithinTheRules) {
  SeededRandom random(42);
  std::set<std::size_t> sizes;
  for (std::size_t body = 0; body < 64; body += 4) {
    for (int i = 0; i < 50; ++i) {
      Bytes out;
      encryptPacket(countingKey(), Sender::Client, vectorEnvelope(0), Bytes(body, 1), random, out);
      Bytes scratch;
      const auto packet = decryptPacket(countingKey(), Sender::Client, out, scratch);
      ASSERT_TRUE(packet.ok());
      EXPECT_EQ(packet->body.size(), body);
      sizes.insert(out.size() - body);
    }
  }
  EXPECT_GT(sizes.size(), 16U);
}

TEST(Packet, AppendsToWhatIsThere) {
  SeededRandom random(43);
  Bytes out = {1, 2, 3};
  encryptPacket(countingKey(), Sender::Client, vectorEnvelope(0), kPing, random, out);
  EXPECT_EQ(out[2], 3);
  Bytes scratch;
  EXPECT_TRUE(decryptPacket(countingKey(), Sender::Client, ByteView(out).subspan(3), scratch).ok());
}

TEST(PlainPacket, LooksAsPublished) {
  const auto msgId = static_cast<std::int64_t>(loadLe64(hex("d4720600503dc565").data()));
  const Bytes body = hex("f18e7ebe406709f612fadfbec3f0289d0aa67eef");
  const Bytes packet = encodePlain(msgId, body);
  EXPECT_EQ(toHex(packet), "0000000000000000d4720600503dc56514000000" + toHex(body));
  const auto plain = decodePlain(packet);
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->msgId, msgId);
  EXPECT_EQ(toBytes(plain->body), body);
}

TEST(PlainPacket, ToleratesPaddingButNoLies) {
  Bytes packet = encodePlain(4, Bytes(20, 1));
  packet.insert(packet.end(), 15, 0);
  ASSERT_TRUE(decodePlain(packet).ok());
  EXPECT_EQ(decodePlain(packet)->body.size(), 20U);
  storeLe32(packet.data() + 16, 36);
  EXPECT_FALSE(decodePlain(packet).ok());
  storeLe32(packet.data() + 16, 0xffffffff);
  EXPECT_FALSE(decodePlain(packet).ok());
  EXPECT_FALSE(decodePlain(ByteView(packet).first(19)).ok());
  packet[0] = 1;
  EXPECT_FALSE(decodePlain(packet).ok());
}

}  // namespace
}  // namespace mtpool::mtproto
