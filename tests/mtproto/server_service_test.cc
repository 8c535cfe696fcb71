// SPDX-License-Identifier: Apache-2.0
// The server's answers to service messages.
#include <gtest/gtest.h>

#include "tests/mtproto/server_fixture.h"

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

TEST(ServerService, AnswersPingsBare) {
  ServerFixture f;
  f.greet();
  const std::int64_t id = f.client.nextId();
  const auto received = f.receive(f.client.packetAs(id, 0, tl::serialize(mt::PingDelayDisconnect{7, 75})));
  ASSERT_EQ(only<ServerPingDelay>(received.events).size(), 1U);
  EXPECT_EQ(only<ServerPingDelay>(received.events)[0].delay, 75s);
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(parsed<mt::Pong>(sent[0].body).msgId, id);
  EXPECT_EQ(parsed<mt::Pong>(sent[0].body).pingId, 7);
  EXPECT_EQ(sent[0].seqNo % 2, 0);
  EXPECT_EQ(sent[0].msgId % 4, 1);
}

TEST(ServerService, AnnouncesSalts) {
  ServerFixture f;
  f.greet();
  f.receive(f.client.packet(mt::GetFutureSalts{1000}, false));
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);
  const auto salts = parsed<mt::FutureSalts>(sent[0].body);
  EXPECT_EQ(salts.salts.size(), 64U);
  EXPECT_EQ(salts.now, kStart);
  EXPECT_EQ(salts.salts[0].salt, 1);
}

TEST(ServerService, TellsTheStateOfEachMessage) {
  ServerFixture f;
  f.greet();
  const std::int64_t missing = f.client.nextId();
  const std::int64_t running = f.client.nextId();
  f.receive(f.client.packetAs(running, 1, numbered(kQueryId, 1)));
  const std::int64_t done = f.client.nextId();
  f.receive(f.client.packetAs(done, 3, numbered(kQueryId, 2)));
  f.server.answer(42, done, numbered(kAnswerId, 2));
  f.sent();
  const std::int64_t above = f.client.nextId() + 100 * kUnit;
  f.receive(f.client.packet(mt::MsgsStateReq{{missing, running, done, above}}, false));
  EXPECT_EQ(f.badCode(), 32);  // an even number below what came before
  const std::int64_t id = f.client.nextId();
  f.receive(f.client.packetAs(id, 4, tl::serialize(mt::MsgsStateReq{{missing, running, done, above}})));
  const auto sent = f.sent();
  const Seen* info = firstOf(sent, mt::MsgsStateInfo::kId);
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(parsed<mt::MsgsStateInfo>(info->body).reqMsgId, id);
  EXPECT_EQ(parsed<mt::MsgsStateInfo>(info->body).info, (Bytes{2, 4 + 32, 4 + 64, 3}));
}

TEST(ServerService, ResendsWhatIsAskedForInAContainer) {
  ServerFixture f;
  f.greet();
  f.server.push(42, numbered(0x74ae4240, 1));
  const Seen push = f.sent()[0];
  EXPECT_EQ(push.msgId % 4, 3);
  f.receive(f.client.packet(mt::MsgResendReq{{push.msgId, 12345}}, false));
  const auto sent = f.sent();
  const Seen* again = firstOf(sent, 0x74ae4240);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->msgId, push.msgId);
  EXPECT_EQ(again->seqNo, push.seqNo);
  EXPECT_TRUE(again->inContainer());
  EXPECT_EQ(countOf(sent, mt::MsgsStateInfo::kId), 1U);
}

TEST(ServerService, DropsAnswers) {
  ServerFixture f;
  f.greet();
  const auto outcome = [&](std::int64_t about) {
    f.receive(f.client.packet(mt::RpcDropAnswer{about}, true));
    const auto sent = f.sent();
    const Seen* result = firstOf(sent, 0xf35c6d01);
    return result == nullptr ? 0U : loadLe32(result->body.data() + 12);
  };
  const std::int64_t running = f.client.nextId();
  f.receive(f.client.packetAs(running, f.client.nextSeqNo(true), numbered(kQueryId, 1)));
  EXPECT_EQ(outcome(running), mt::RpcAnswerDroppedRunning::kId);
  f.server.answer(42, running, numbered(kAnswerId, 1));
  EXPECT_TRUE(f.sent().empty());
  const std::int64_t done = f.client.nextId();
  f.receive(f.client.packetAs(done, f.client.nextSeqNo(true), numbered(kQueryId, 1)));
  f.server.answer(42, done, numbered(kAnswerId, 1));
  f.sent();
  EXPECT_EQ(outcome(done), mt::RpcAnswerDropped::kId);
  EXPECT_EQ(outcome(done), mt::RpcAnswerUnknown::kId);
}

TEST(ServerService, DestroysOtherSessionsAndKeys) {
  ServerFixture f;
  f.greet();
  f.client.sessionId = 43;
  f.greet();
  auto received = f.receive(f.client.packet(mt::DestroySession{42}, false));
  ASSERT_EQ(only<ServerDestroyed>(received.events).size(), 1U);
  EXPECT_EQ(only<ServerDestroyed>(received.events)[0].sessionId, 42U);
  EXPECT_EQ(countOf(f.sent(), mt::DestroySessionOk::kId), 1U);
  f.receive(f.client.packet(mt::DestroySession{42}, false));
  EXPECT_EQ(countOf(f.sent(), mt::DestroySessionNone::kId), 1U);
  received = f.receive(f.client.packet(mt::DestroyAuthKey{}, true));
  EXPECT_TRUE(only<ServerDestroyed>(received.events)[0].wholeKey);
}

TEST(ServerService, IgnoresHttpWait) {
  ServerFixture f;
  f.greet();
  EXPECT_TRUE(f.receive(f.client.packet(mt::HttpWait{1, 2, 3}, false)).events.empty());
  EXPECT_TRUE(f.sent().empty());
}

TEST(ServerService, NamesMalformedMessages) {
  for (const std::uint32_t id :
       {mt::MsgsAck::kId, mt::Ping::kId, mt::PingDelayDisconnect::kId, mt::GetFutureSalts::kId,
        mt::MsgsStateReq::kId, mt::MsgResendReq::kId, mt::RpcDropAnswer::kId, mt::DestroySession::kId}) {
    ServerFixture f;
    f.greet();
    Bytes four(4);
    storeLe32(four.data(), id);
    EXPECT_EQ(f.violation(f.client.packet(four, false)), "bad_service_message") << id;
  }
}

}  // namespace
}  // namespace mtpool::mtproto
