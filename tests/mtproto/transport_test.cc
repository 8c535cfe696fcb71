// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "engine/mtproto/transport/frame_codec.h"
#include "engine/mtproto/transport/obfuscated2.h"

namespace mtpool::mtproto {
namespace {

Bytes hex(std::string_view text) {
  return parseHex(text).value();
}

/// A kind of client, and the name it has in test output.
struct Kind {
  const char* name;
  ClientFraming framing;
};

std::vector<Kind> kinds() {
  const Bytes secret = hex("8a96ef6e42a18c21837580cd1c91c5a8");
  return {{"abridged", {Framing::Abridged, false, {}, 0}},
          {"intermediate", {Framing::Intermediate, false, {}, 0}},
          {"padded", {Framing::Padded, false, {}, 0}},
          {"full", {Framing::Full, false, {}, 0}},
          {"obfuscated abridged", {Framing::Abridged, true, {}, 0}},
          {"obfuscated intermediate", {Framing::Intermediate, true, {}, 0}},
          {"obfuscated padded", {Framing::Padded, true, {}, 0}},
          {"proxied padded", {Framing::Padded, true, secret, -2}}};
}

/// A payload of n bytes that no framing takes for an error.
Bytes payload(std::size_t n) {
  Bytes bytes(n);
  for (std::size_t i = 0; i < n; ++i) {
    bytes[i] = static_cast<Byte>(i * 7 + n);
  }
  return bytes;
}

/// All complete packets, with a padded framing's tail cut to what was sent.
std::vector<Bytes> drain(FrameCodec& codec) {
  std::vector<Bytes> packets;
  for (;;) {
    auto frame = codec.next();
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : frame.error().text());
    if (!frame.ok() || !frame->has_value()) {
      return packets;
    }
    EXPECT_EQ((*frame)->kind, Frame::Kind::Packet);
    packets.push_back(toBytes((*frame)->packet));
  }
}

bool startsWith(const Bytes& whole, const Bytes& head) {
  return whole.size() >= head.size() && whole.size() < head.size() + 16 &&
         std::equal(head.begin(), head.end(), whole.begin());
}

class EveryTransport : public ::testing::TestWithParam<std::size_t> {
 protected:
  Kind kind_ = kinds()[GetParam()];
  SeededRandom random_{11 + GetParam()};
  std::unique_ptr<FrameCodec> client_ = makeClientCodec(kind_.framing, random_);
  ServerDetector detector_{random_, kind_.framing.secret};

  /// Header and frames of these payloads, as the client writes them.
  Bytes stream(const std::vector<Bytes>& payloads) {
    Bytes bytes = client_->header();
    for (const Bytes& p : payloads) {
      client_->encode(p, bytes);
    }
    return bytes;
  }

  std::unique_ptr<FrameCodec> detect(ByteView bytes) {
    auto codec = detector_.feed(bytes);
    EXPECT_TRUE(codec.ok());
    return codec.ok() ? std::move(*codec) : nullptr;
  }
};

TEST_P(EveryTransport, CarriesPacketsOfAllSizesBothWays) {
  SCOPED_TRACE(kind_.name);
  std::vector<Bytes> sent;
  for (const std::size_t n : {20U, 72U, 500U, 504U, 508U, 512U, 70000U, 1U << 20}) {
    sent.push_back(payload(n));
  }
  const auto server = detect(stream(sent));
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(detector_.framing(), kind_.framing.framing);
  EXPECT_EQ(detector_.obfuscated(), kind_.framing.obfuscate);
  if (kind_.framing.dc != 0) {
    EXPECT_EQ(detector_.dc(), kind_.framing.dc);
  }
  const std::vector<Bytes> arrived = drain(*server);
  ASSERT_EQ(arrived.size(), sent.size());
  Bytes back;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    EXPECT_TRUE(startsWith(arrived[i], sent[i])) << i;
    server->encode(sent[i], back);
  }
  client_->feed(back);
  const std::vector<Bytes> returned = drain(*client_);
  ASSERT_EQ(returned.size(), sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    EXPECT_TRUE(startsWith(returned[i], sent[i])) << i;
  }
}

TEST_P(EveryTransport, GivesTheSameFramesWhereverTheStreamIsSplit) {
  SCOPED_TRACE(kind_.name);
  const std::vector<Bytes> sent = {payload(72), payload(20), payload(600)};
  const Bytes bytes = stream(sent);
  for (std::size_t split = 0; split <= bytes.size(); ++split) {
    SCOPED_TRACE(split);
    ServerDetector detector(random_, kind_.framing.secret);
    std::unique_ptr<FrameCodec> server;
    std::vector<Bytes> arrived;
    for (const ByteView part : {ByteView(bytes).first(split), ByteView(bytes).subspan(split)}) {
      if (server == nullptr) {
        auto codec = detector.feed(part);
        ASSERT_TRUE(codec.ok());
        server = std::move(*codec);
      } else {
        server->feed(part);
      }
      if (server != nullptr) {
        std::ranges::move(drain(*server), std::back_inserter(arrived));
      }
    }
    ASSERT_EQ(arrived.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      ASSERT_TRUE(startsWith(arrived[i], sent[i]));
    }
  }
}

TEST_P(EveryTransport, GivesTheSameFramesFromSingleBytes) {
  SCOPED_TRACE(kind_.name);
  const std::vector<Bytes> sent = {payload(72), payload(900)};
  std::unique_ptr<FrameCodec> server;
  std::vector<Bytes> arrived;
  for (const Byte byte : stream(sent)) {
    if (server == nullptr) {
      server = detect(ByteView(&byte, 1));
    } else {
      server->feed(ByteView(&byte, 1));
      std::ranges::move(drain(*server), std::back_inserter(arrived));
    }
  }
  ASSERT_EQ(arrived.size(), sent.size());
  EXPECT_TRUE(startsWith(arrived[1], sent[1]));
}

TEST_P(EveryTransport, TellsErrorsFromPackets) {
  SCOPED_TRACE(kind_.name);
  const auto server = detect(stream({payload(20)}));
  ASSERT_NE(server, nullptr);
  for (int round = 0; round < 40; ++round) {  // padding is random
    Bytes bytes;
    server->encodeError(404, bytes);
    client_->feed(bytes);
    auto frame = client_->next();
    ASSERT_TRUE(frame.ok() && frame->has_value());
    EXPECT_EQ((*frame)->kind, Frame::Kind::TransportError);
    EXPECT_EQ((*frame)->code, 404);
  }
}

TEST_P(EveryTransport, HoldsNoMemoryWhileIdle) {
  SCOPED_TRACE(kind_.name);
  Bytes bytes = stream({payload(72)});
  const auto server = detect(bytes);
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(drain(*server).size(), 1U);
  EXPECT_EQ(server->held(), 0U);
  bytes.clear();
  client_->encode(payload(100000), bytes);
  server->feed(ByteView(bytes).first(70000));
  EXPECT_TRUE(drain(*server).empty());
  EXPECT_GE(server->held(), 70000U);
  server->feed(ByteView(bytes).subspan(70000));
  EXPECT_EQ(drain(*server).size(), 1U);
  EXPECT_EQ(server->held(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryTransport, ::testing::Range<std::size_t>(0, 8));

std::unique_ptr<FrameCodec> plainClient(Framing framing) {
  static SeededRandom random(1);
  return makeClientCodec({framing, false, {}, 0}, random);
}

TEST(Transport, KnowsTheErrorFramesOfTheProtocol) {
  struct Case {
    Framing framing;
    const char* bytes;
    std::int32_t code;
  };

  for (const Case& c :
       {Case{Framing::Intermediate, "040000006cfeffff", 404}, Case{Framing::Abridged, "016cfeffff", 404},
        Case{Framing::Abridged, "0153feffff", 429}, Case{Framing::Intermediate, "0400000044feffff", 444},
        Case{Framing::Padded, "130000006cfeffff0102030405060708090a0b0c0d0e0f", 404}}) {
    const auto codec = plainClient(c.framing);
    codec->feed(hex(c.bytes));
    const auto frame = codec->next();
    ASSERT_TRUE(frame.ok() && frame->has_value()) << c.bytes;
    EXPECT_EQ((*frame)->kind, Frame::Kind::TransportError);
    EXPECT_EQ((*frame)->code, c.code);
  }
}

TEST(Transport, SkipsTheServersNoOp) {
  const auto codec = plainClient(Framing::Intermediate);
  codec->feed(hex("0400000000000000"));
  const auto frame = codec->next();
  ASSERT_TRUE(frame.ok());
  EXPECT_FALSE(frame->has_value());
}

TEST(Transport, RecognisesQuickAckTokens) {
  const auto intermediate = plainClient(Framing::Intermediate);
  intermediate->feed(hex("cf8fcc82040000006cfeffff"));
  auto frame = intermediate->next();
  ASSERT_TRUE(frame.ok() && frame->has_value());
  EXPECT_EQ((*frame)->kind, Frame::Kind::QuickAck);
  EXPECT_EQ(static_cast<std::uint32_t>((*frame)->code), 0x82cc8fcfU);
  frame = intermediate->next();
  ASSERT_TRUE(frame.ok() && frame->has_value());
  EXPECT_EQ((*frame)->kind, Frame::Kind::TransportError);

  const auto abridged = plainClient(Framing::Abridged);
  abridged->feed(hex("82cc8fcf"));
  frame = abridged->next();
  ASSERT_TRUE(frame.ok() && frame->has_value());
  EXPECT_EQ((*frame)->kind, Frame::Kind::QuickAck);
  EXPECT_EQ(static_cast<std::uint32_t>((*frame)->code), 0x82cc8fcfU);
}

TEST(Transport, IgnoresAClientsWishForAQuickAck) {
  SeededRandom random(3);
  for (const char* head : {"eeeeeeee14000080", "ef85"}) {
    ServerDetector detector(random);
    Bytes bytes = hex(head);
    append(bytes, payload(20));
    const auto codec = detector.feed(bytes);
    ASSERT_TRUE(codec.ok() && *codec != nullptr);
    const auto packets = drain(**codec);
    ASSERT_EQ(packets.size(), 1U) << head;
    EXPECT_EQ(packets[0], payload(20));
  }
}

TEST(Transport, EncodesFullFramesAsPublished) {
  const auto codec = plainClient(Framing::Full);
  Bytes out;
  codec->encode(Bytes(8, 0), out);
  EXPECT_EQ(toHex(out), "140000000000000000000000000000004c39adde");
}

TEST(Transport, ClosesOnAWrongSequenceOrChecksum) {
  Bytes good;
  plainClient(Framing::Full)->encode(payload(40), good);
  for (const std::size_t at : {std::size_t{4}, std::size_t{20}, good.size() - 1}) {
    Bytes bad = good;
    bad[at] ^= 1;
    const auto codec = plainClient(Framing::Full);
    codec->feed(bad);
    const auto frame = codec->next();
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().code(), Errc::Malformed);
  }
  const auto codec = plainClient(Framing::Full);
  codec->feed(good);
  EXPECT_TRUE(codec->next().ok());
  codec->feed(good);  // sequence number 0 again
  EXPECT_FALSE(codec->next().ok());
}

TEST(Transport, RefusesFramesAboveTheCapWithoutAllocating) {
  for (const auto& [framing, head] :
       {std::pair{Framing::Intermediate, "fcffff7f"}, std::pair{Framing::Padded, "ffffff7f"},
        std::pair{Framing::Full, "fcffff7f"}, std::pair{Framing::Abridged, "7fffffff"}}) {
    const auto codec = plainClient(framing);
    codec->feed(hex(head));
    const auto frame = codec->next();
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().code(), Errc::LimitExceeded);
    EXPECT_LT(codec->held(), 1000U);
  }
}

TEST(Transport, SpendsMemoryOnlyOnBytesThatCame) {
  const auto codec = plainClient(Framing::Intermediate);
  codec->feed(hex("00004000"));  // promises 4 MiB
  EXPECT_TRUE(drain(*codec).empty());
  std::size_t came = 4;
  for (int i = 0; i < 200; ++i) {
    codec->feed(Bytes(1000, 1));
    came += 1000;
    EXPECT_TRUE(drain(*codec).empty());
    EXPECT_LE(codec->held(), std::max<std::size_t>(64 * 1024, 2 * came) + 4096);
  }
}

TEST(ServerDetector, TurnsStrangersAway) {
  SeededRandom random(5);
  for (const std::string_view text :
       {"GET / HTTP/1.1", "POST /api", "HEAD / HTTP", "OPTIONS *", "\x16\x03\x01\x02"}) {
    ServerDetector detector(random);
    const auto codec = detector.feed(viewOf(text));
    ASSERT_FALSE(codec.ok());
    EXPECT_EQ(codec.error().code(), Errc::Malformed);
  }
  ServerDetector noise(random);
  const auto codec = noise.feed(Bytes(64, 0x55));
  EXPECT_FALSE(codec.ok());
}

TEST(ServerDetector, TurnsAWrongProxySecretAway) {
  SeededRandom random(6);
  const auto client = makeClientCodec({Framing::Padded, true, Bytes(16, 1), 2}, random);
  ServerDetector detector(random, Bytes(16, 2));
  EXPECT_FALSE(detector.feed(client->header()).ok());
}

ObfuscatedHeader headerOf(std::string_view text) {
  ObfuscatedHeader header;
  std::ranges::copy(hex(text), header.begin());
  return header;
}

constexpr std::string_view kDrawn =
    "f5768f50b731260a46be1027c2eeaa39350624f0b6da59eba56c81fe4510c2e0"
    "b61d3dd323ee02388633e3837a0c1c24fa6f29ccd724be6f416ff7b026f6cce6";

TEST(Obfuscated2, MatchesThePublishedVectorWithASecret) {
  const ClientFraming framing{Framing::Padded, true, hex("8a96ef6e42a18c21837580cd1c91c5a8"), 2};
  ClientObfuscation client = obfuscateClient(headerOf(kDrawn), framing);
  EXPECT_EQ(toHex(ByteView(client.header).first(56)), kDrawn.substr(0, 112));
  EXPECT_EQ(toHex(ByteView(client.header).subspan(56)), "bea2dde16dc59dd2");
  Bytes out = toBytes(viewOf("abcd"));
  client.streams.outgoing.apply(out);
  EXPECT_EQ(toHex(out), "ca7a8226");
  Bytes in = hex("61626364");
  client.streams.incoming.apply(in);
  EXPECT_EQ(toHex(in), "8f711982");

  const auto server = obfuscateServer(client.header, framing.secret);
  ASSERT_TRUE(server.ok());
  EXPECT_EQ(server->framing, Framing::Padded);
  EXPECT_EQ(server->dc, 2);
}

TEST(Obfuscated2, MatchesThePublishedVectorWithoutASecret) {
  ClientObfuscation client = obfuscateClient(headerOf(kDrawn), {Framing::Intermediate, true, {}, 0});
  EXPECT_EQ(toHex(ByteView(client.header).subspan(56)), "27443821f70309dc");
  Bytes out = hex("040000006cfeffff");
  client.streams.outgoing.apply(out);
  EXPECT_EQ(toHex(out), "d183ef3bc9b9ea94");
}

TEST(Obfuscated2, PutsTheDataCentreIntoTheHeader) {
  ObfuscatedHeader drawn;
  drawn.fill(0xff);
  const auto tail = [&](Bytes secret, std::int16_t dc) {
    const auto client = obfuscateClient(drawn, {Framing::Intermediate, true, std::move(secret), dc});
    return toHex(ByteView(client.header).subspan(56));
  };
  EXPECT_EQ(tail({}, 0), "fce8ab2203db2bff");
  EXPECT_EQ(tail(Bytes(16, 0), 1), "ecec4cbda8bb188b");
  EXPECT_EQ(tail(Bytes(16, 0), 10001), "ecec4cbdb89c188b");
  EXPECT_EQ(tail(Bytes(16, 0), -1), "ecec4cbd5644188b");
}

TEST(Obfuscated2, NeverStartsLikeAnotherProtocol) {
  for (const char* start :
       {"ef000000ffffffff", "4845414401010101", "504f535401010101", "4745542001010101", "4f50544901010101",
        "1603010201010101", "dddddddd01010101", "eeeeeeee01010101", "0102030400000000"}) {
    ObfuscatedHeader drawn;
    drawn.fill(0x11);
    std::ranges::copy(hex(start), drawn.begin());
    EXPECT_TRUE(looksLikeOther(drawn)) << start;
  }
  EXPECT_FALSE(looksLikeOther(headerOf(kDrawn)));
}

}  // namespace
}  // namespace mtpool::mtproto
