// SPDX-License-Identifier: Apache-2.0
// What the server's half lets pass, what it rejects, and under which name.
#include "engine/mtproto/server_session.h"

#include <gtest/gtest.h>

#include "tests/mtproto/server_fixture.h"

namespace mtpool::mtproto {
namespace {

const Bytes kQuery = numbered(kQueryId, 1);

TEST(ServerSession, AnnouncesItselfWithTheFirstMessage) {
  ServerFixture f;
  const Message ack{f.client.nextId(), 0, kQuery};
  const std::int64_t inner = f.client.nextId();
  const std::int64_t container = f.client.nextId();
  const Bytes body = writeContainer({{inner, 1, kQuery}});
  const auto received = f.receive(f.client.packetAs(container, 2, body));
  EXPECT_TRUE(received.newSession);
  EXPECT_EQ(received.sessionId, 42U);
  ASSERT_EQ(only<ServerQuery>(received.events).size(), 1U);
  const auto sent = f.sent();
  const Seen* created = firstOf(sent, mt::NewSessionCreated::kId);
  ASSERT_NE(created, nullptr);
  EXPECT_EQ(created->seqNo % 2, 1);
  EXPECT_EQ(parsed<mt::NewSessionCreated>(created->body).firstMsgId, inner);
  EXPECT_FALSE(f.receive(f.client.packet(mt::Ping{2}, false)).newSession);
  EXPECT_EQ(countOf(f.sent(), mt::NewSessionCreated::kId), 0U);
  (void)ack;
}

TEST(ServerSession, NamesTheRightSaltWithoutBlame) {
  ServerFixture f;
  for (const std::uint64_t wrong : {0ULL, 4711ULL}) {
    f.client.salt = wrong;
    const auto received = f.receive(f.client.packet(kQuery));
    EXPECT_TRUE(received.events.empty());
    const auto sent = f.sent();
    ASSERT_EQ(sent.size(), 1U);
    const auto bad = parsed<mt::BadServerSalt>(sent[0].body);
    EXPECT_EQ(bad.errorCode, 48);
    EXPECT_EQ(bad.newServerSalt, 1);
    EXPECT_EQ(sent[0].seqNo % 2, 0);
  }
}

TEST(ServerSession, RejectsIdsOfTheWrongTime) {
  ServerFixture f;
  f.greet();
  const auto at = [](std::int64_t seconds) { return (kStart + seconds) * kUnit; };
  const Bytes ping = tl::serialize(mt::Ping{3});
  EXPECT_EQ(f.violation(f.client.packetAs(at(-299), 0, ping)), "");
  EXPECT_EQ(f.violation(f.client.packetAs(at(29), 0, ping)), "");
  EXPECT_EQ(f.badCode(), 0);
  EXPECT_EQ(f.violation(f.client.packetAs(at(-302), 1, kQuery)), "msg_id_too_low");
  EXPECT_EQ(f.badCode(), 16);
  EXPECT_EQ(f.violation(f.client.packetAs(at(32), 5, kQuery)), "msg_id_too_high");
  EXPECT_EQ(f.badCode(), 17);
}

TEST(ServerSession, BlamesNobodyForNotKnowingTheTimeAtFirst) {
  ServerFixture f;
  EXPECT_EQ(f.violation(f.client.packetAs((kStart - 1000) * kUnit, 1, kQuery)), "");
  EXPECT_EQ(f.badCode(), 16);
}

TEST(ServerSession, RejectsIdsAndSequenceNumbersThatBreakTheRules) {
  ServerFixture f;
  f.greet();
  EXPECT_EQ(f.violation(f.client.packetAs(f.client.nextId() | 1, 1, kQuery)), "odd_msg_id");
  EXPECT_EQ(f.badCode(), 18);
  EXPECT_EQ(f.violation(f.client.packetAs(f.client.nextId(), 2, kQuery)), "seqno_parity");
  EXPECT_EQ(f.badCode(), 35);
  const std::int64_t early = f.client.nextId();
  const std::int64_t late = f.client.nextId();
  EXPECT_EQ(f.violation(f.client.packetAs(late, 5, kQuery)), "");
  EXPECT_EQ(f.violation(f.client.packetAs(early, 7, kQuery)), "seqno_too_high");
  EXPECT_EQ(f.badCode(), 33);
  EXPECT_EQ(f.violation(f.client.packetAs(f.client.nextId(), 3, kQuery)), "seqno_too_low");
  EXPECT_EQ(f.badCode(), 32);
  EXPECT_EQ(f.violation(f.client.packetAs(early, 3, kQuery)), "");
}

TEST(ServerSession, RejectsBadContainersAsAWhole) {
  ServerFixture f;
  f.greet();
  const Message query{f.client.nextId(), 1, kQuery};
  const std::int64_t id = f.client.nextId();
  const Bytes good = writeContainer({query});
  Bytes torn = good;
  torn.erase(torn.end() - 4, torn.end());
  EXPECT_EQ(f.violation(f.client.packetAs(id, 2, torn)), "bad_container");
  EXPECT_EQ(f.badCode(), 64);
  EXPECT_EQ(f.violation(f.client.packetAs(id, 2, writeContainer({{query.msgId, 0, good}}))), "bad_container");
  EXPECT_EQ(f.violation(f.client.packetAs(query.msgId, 2, good)), "bad_container");
  f.sent();
  EXPECT_EQ(f.violation(f.client.packetAs(id, 3, good)), "seqno_parity");
  EXPECT_EQ(f.badCode(), 34);
  const auto received = f.receive(f.client.packetAs(id, 2, good));
  EXPECT_EQ(only<ServerQuery>(received.events).size(), 1U);
  const Bytes other = writeContainer({{f.client.nextId() - kUnit, 1, kQuery}});
  EXPECT_EQ(f.violation(f.client.packetAs(id, 2, other)), "container_id_reused");
}

TEST(ServerSession, ForgetsTooOldIdsSafely) {
  ServerFixture f;
  f.greet();
  const std::int64_t first = f.client.nextId();
  for (int i = 0; i < 1300; ++i) {
    f.receive(f.client.packet(kQuery));
  }
  f.sent();
  EXPECT_EQ(f.violation(f.client.packetAs(first, 1, kQuery)), "msg_id_too_old");
  EXPECT_EQ(f.badCode(), 20);
}

TEST(ServerSession, ToleratesAnOddAckAndCountsIt) {
  ServerFixture f;
  f.greet();
  const auto received = f.receive(f.client.packet(mt::MsgsAck{{5}}, true));
  ASSERT_EQ(only<ServerDeviation>(received.events).size(), 1U);
  EXPECT_EQ(only<ServerDeviation>(received.events)[0].what, "odd_ack");
  EXPECT_EQ(only<ServerAcked>(received.events).size(), 1U);
  EXPECT_TRUE(f.sent().empty());
}

TEST(ServerSession, ExecutesAReplayedPacketOnce) {
  ServerFixture f;
  f.greet();
  const Bytes alone = f.client.packet(kQuery);
  const std::int64_t inner = f.client.nextId();
  const Bytes query2 = numbered(kQueryId, 2);
  const Bytes container = f.client.packetAs(f.client.nextId(), 4, writeContainer({{inner, 3, query2}}));
  for (const Bytes& packet : {alone, container}) {
    EXPECT_EQ(only<ServerQuery>(f.receive(packet).events).size(), 1U);
    const auto again = f.receive(packet);
    EXPECT_TRUE(only<ServerQuery>(again.events).empty());
    EXPECT_TRUE(only<ServerViolation>(again.events).empty());
    EXPECT_EQ(only<ServerDeviation>(again.events)[0].what, "repeated_packet");
  }
  EXPECT_EQ(f.badCode(), 0);
}

TEST(ServerSession, UnpacksQueries) {
  ServerFixture f;
  f.greet();
  const Bytes query = numbered(kQueryId, 9, 500);
  Bytes zlib;
  tl::Writer w(zlib);
  w.uint32(0x3072cfa1);
  w.bytes(*parseHex("789cfb776a2d373bc3281805a360148c8251401a0000d0800288"));
  const auto received = f.receive(f.client.packet(zlib));
  ASSERT_EQ(only<ServerQuery>(received.events).size(), 1U);
  EXPECT_EQ(only<ServerQuery>(received.events)[0].body.size(), 1600U);
  zlib[10] ^= 0xff;
  EXPECT_EQ(f.violation(f.client.packet(zlib)), "bad_gzip");
}

TEST(ServerSession, ClosesOnPacketsItCannotRead) {
  ServerFixture f;
  Bytes packet = f.client.packet(kQuery);
  packet[30] ^= 1;
  EXPECT_FALSE(f.server.receive(packet).ok());
  f.client.sessionId = 0;
  EXPECT_FALSE(f.server.receive(f.client.packet(kQuery)).ok());
}

TEST(ServerSession, KeepsABoundedNumberOfSessions) {
  ServerFixture f;
  f.greet();
  for (std::uint64_t id = 100; id < 200; ++id) {
    f.client.sessionId = id;
    f.receive(f.client.packet(mt::Ping{1}, false));
  }
  EXPECT_EQ(f.server.sessionsWithOutput().size(), 64U);
  f.client.sessionId = 42;
  EXPECT_TRUE(f.receive(f.client.packet(mt::Ping{2}, false)).newSession);
}

TEST(SaltSchedule, GivesEverySaltAnHourAndANewOneEveryHalf) {
  const SaltSchedule salts(7, 1, 1000);
  EXPECT_EQ(salts.current(1000), 1U);
  EXPECT_EQ(salts.current(999), 1U);
  EXPECT_EQ(salts.current(1000 + 1799), 1U);
  const std::uint64_t second = salts.current(1000 + 1800);
  EXPECT_NE(second, 1U);
  EXPECT_TRUE(salts.accepts(1, 1000 + 3599));
  EXPECT_FALSE(salts.accepts(1, 1000 + 3600));
  EXPECT_FALSE(salts.accepts(second, 1000 + 1700));
  EXPECT_TRUE(salts.accepts(second, 1000 + 1790));
  EXPECT_EQ(SaltSchedule(7, 1, 1000).current(1000 + 1800), second);
  EXPECT_NE(SaltSchedule(8, 1, 1000).current(1000 + 1800), second);
  const auto future = salts.future(1000 + 1900, 3);
  ASSERT_EQ(future.size(), 3U);
  EXPECT_EQ(future[0].salt, second);
  EXPECT_EQ(future[0].since, 2800);
  EXPECT_EQ(future[0].until, 6400);
}

}  // namespace
}  // namespace mtpool::mtproto
