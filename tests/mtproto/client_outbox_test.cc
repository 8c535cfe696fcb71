// SPDX-License-Identifier: Apache-2.0
// What a client session sends, and when.
#include <gtest/gtest.h>

#include <set>

#include "tests/mtproto/raw_peer.h"

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

TEST(Outbox, SendsNothingWithoutAConnection) {
  ClientFixture f;
  f.ask(1);
  EXPECT_TRUE(f.session.takePackets().empty());
  EXPECT_FALSE(f.session.nextDue().has_value());
  f.session.onConnected();
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(Outbox, PutsManyMessagesIntoOneContainer) {
  ClientFixture f;
  f.connect();
  for (std::uint32_t i = 0; i < 10; ++i) {
    f.ask(i);
  }
  const auto packets = f.session.takePackets();
  ASSERT_EQ(packets.size(), 1U);
  const auto sent = opened(packets, crypto::Sender::Client);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    EXPECT_GT(sent[i].msgId, last);
    EXPECT_EQ(sent[i].msgId % 4, 0);
    EXPECT_LT(sent[i].msgId, sent[i].envelope.msgId);
    EXPECT_EQ(sent[i].seqNo, static_cast<std::int32_t>(2 * i + 1));
    last = sent[i].msgId;
  }
  EXPECT_EQ(sent[0].envelope.seqNo, 20);
}

TEST(Outbox, BoundsContainersByBytesAndByCount) {
  SessionLimits limits;
  limits.maxInFlight = 5000;
  limits.maxQueued = 5000;
  ClientFixture f(limits);
  f.connect();
  SeededRandom noise(1);
  for (int i = 0; i < 5; ++i) {
    Bytes query = noise.bytes(20000);
    storeLe32(query.data(), kQueryId);
    ASSERT_TRUE(f.session.submit(std::move(query), Idempotency::Read).ok());
  }
  EXPECT_EQ(f.session.takePackets().size(), 5U);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    f.ask(i);
  }
  const auto packets = f.session.takePackets();
  EXPECT_EQ(packets.size(), 3U);
  for (const Bytes& packet : packets) {
    EXPECT_LE(opened({packet}, crypto::Sender::Client).size(), 1020U);
  }
}

TEST(Outbox, KeepsRequestsBackWhileTooManyAreUnanswered) {
  SessionLimits limits;
  limits.maxInFlight = 4;
  ClientFixture f(limits);
  f.connect();
  for (std::uint32_t i = 0; i < 6; ++i) {
    f.ask(i);
  }
  const auto sent = f.sent();
  EXPECT_EQ(countOf(sent, kQueryId), 4U);
  EXPECT_EQ(f.session.queued(), 2U);
  f.receive(f.server.packet(rpcResult(sent[0].msgId, numbered(kAnswerId, 1))));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(Outbox, BatchesAcknowledgements) {
  ClientFixture f;
  f.connect();
  for (std::uint32_t i = 0; i < 15; ++i) {
    f.receive(f.server.packet(numbered(0x74ae4240, i)));
  }
  EXPECT_TRUE(f.sent().empty());
  f.receive(f.server.packet(numbered(0x74ae4240, 15)));
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].id, mt::MsgsAck::kId);
  EXPECT_EQ(sent[0].seqNo % 2, 0);
  EXPECT_EQ(parsed<mt::MsgsAck>(sent[0].body).msgIds.size(), 16U);
}

TEST(Outbox, AcknowledgesALonelyMessageInTime) {
  ClientFixture f;
  f.connect();
  f.receive(f.server.packet(numbered(0x74ae4240, 1)));
  const MonoTime due = f.clock.mono() + 20s;
  EXPECT_EQ(f.session.nextDue(), due);
  f.clock.advance(19s);
  EXPECT_TRUE(f.sent().empty());
  f.clock.advance(1s);
  EXPECT_EQ(countOf(f.sent(), mt::MsgsAck::kId), 1U);
}

TEST(Outbox, KeepsAcknowledgementsOverAReconnect) {
  ClientFixture f;
  f.connect();
  f.receive(f.server.packet(numbered(0x74ae4240, 1)));
  f.session.onDisconnected();
  f.session.onConnected();
  EXPECT_EQ(countOf(f.sent(), mt::MsgsAck::kId), 1U);
}

TEST(Outbox, PingsAtOnceAndEveryMinute) {
  ClientFixture f;
  f.session.onConnected();
  for (int minute = 0; minute < 5; ++minute) {
    const auto sent = f.sent();
    const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
    ASSERT_NE(ping, nullptr);
    EXPECT_EQ(parsed<mt::PingDelayDisconnect>(ping->body).disconnectDelay, 75);
    EXPECT_TRUE(f.sent().empty());
    EXPECT_EQ(f.session.nextDue(), f.clock.mono() + 60s);
    f.clock.advance(60s);
  }
}

TEST(Outbox, PacksLargeQueries) {
  ClientFixture f;
  f.connect();
  ASSERT_TRUE(f.session.submit(numbered(kQueryId, 1, 1000), Idempotency::Read).ok());
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].id, 0x3072cfa1U);
  EXPECT_EQ(sent[0].seqNo % 2, 1);
}

TEST(Outbox, NeverEncryptsTwiceUnderOneId) {
  ClientFixture f;
  f.connect();
  std::set<std::int64_t> ids;
  f.ask(1);
  f.ask(2, Idempotency::Never);
  for (int round = 0; round < 30; ++round) {
    for (const Seen& s : f.sent()) {
      EXPECT_TRUE(ids.insert(s.msgId).second);
    }
    f.session.onDisconnected();
    f.clock.advance(1s);
    f.session.onConnected();
  }
}

TEST(Outbox, DropsTheAnswerOfACancelledRequest) {
  ClientFixture f;
  f.connect();
  const RequestId waiting = f.ask(1);
  f.session.cancel(waiting);
  EXPECT_TRUE(f.sent().empty());
  const RequestId id = f.ask(2);
  const Seen query = *firstOf(f.sent(), kQueryId);
  f.session.cancel(id);
  const auto sent = f.sent();
  const Seen* drop = firstOf(sent, mt::RpcDropAnswer::kId);
  ASSERT_NE(drop, nullptr);
  EXPECT_EQ(parsed<mt::RpcDropAnswer>(drop->body).reqMsgId, query.msgId);
  EXPECT_EQ(drop->seqNo % 2, 1);
  EXPECT_TRUE(f.receive(f.server.packet(rpcResult(drop->msgId, tl::serialize(mt::RpcAnswerDroppedRunning{}))))
                  .empty());
}

}  // namespace
}  // namespace mtpool::mtproto
