// SPDX-License-Identifier: Apache-2.0
// What the server's half sends, and what it sends again.
#include <gtest/gtest.h>

#include "tests/mtproto/server_fixture.h"

namespace mtpool::mtproto {
namespace {

TEST(ServerOutbox, AnswersOnceInARpcResult) {
  ServerFixture f;
  f.greet();
  const std::int64_t id = f.client.nextId();
  f.receive(f.client.packetAs(id, 1, numbered(kQueryId, 1)));
  f.server.answer(42, id, numbered(kAnswerId, 1));
  f.server.answer(42, id, numbered(kAnswerId, 2));
  f.server.answer(42, 12345, numbered(kAnswerId, 3));
  f.server.answer(7, id, numbered(kAnswerId, 4));
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);  // and no ack: the answer is one
  EXPECT_EQ(sent[0].body, rpcResult(id, numbered(kAnswerId, 1)));
  EXPECT_EQ(sent[0].seqNo % 2, 1);
}

TEST(ServerOutbox, AcknowledgesAQueryItCannotAnswerYet) {
  ServerFixture f;
  f.greet();
  const std::int64_t id = f.client.nextId();
  f.receive(f.client.packetAs(id, 1, numbered(kQueryId, 1)));
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(parsed<mt::MsgsAck>(sent[0].body).msgIds, std::vector<std::int64_t>{id});
}

TEST(ServerOutbox, FailsWithRpcError) {
  ServerFixture f;
  f.greet();
  const std::int64_t id = f.client.nextId();
  f.receive(f.client.packetAs(id, 1, numbered(kQueryId, 1)));
  f.server.fail(42, id, 420, "FLOOD_WAIT_3");
  EXPECT_EQ(f.sent()[0].body, rpcResult(id, tl::serialize(mt::RpcError{420, "FLOOD_WAIT_3"})));
}

TEST(ServerOutbox, ResendsWhatWasNotAcknowledgedAfterAReconnect) {
  ServerFixture f;
  f.greet();
  f.server.push(42, numbered(0x74ae4240, 1));
  f.server.push(42, numbered(0x74ae4240, 2));
  const auto first = f.sent();
  ASSERT_EQ(first.size(), 2U);
  f.receive(f.client.packet(mt::MsgsAck{{first[0].msgId}}, false));
  f.server.onReconnected(42);
  const auto again = f.sent();
  const Seen* second = firstOf(again, 0x74ae4240);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(countOf(again, 0x74ae4240), 1U);
  EXPECT_EQ(second->msgId, first[1].msgId);
  EXPECT_EQ(second->seqNo, first[1].seqNo);
  EXPECT_TRUE(second->inContainer());  // never the same packet twice
}

TEST(ServerOutbox, OrdersIdsAndSequenceNumbers) {
  ServerFixture f;
  f.greet();
  for (std::uint32_t i = 0; i < 2500; ++i) {
    f.server.push(42, numbered(0x74ae4240, i));
  }
  const auto packets = f.server.takePackets(42);
  EXPECT_EQ(packets.size(), 3U);
  std::int64_t last = 0;
  for (const Seen& s : opened(packets, crypto::Sender::Server)) {
    EXPECT_GT(s.msgId, last);
    EXPECT_LT(s.msgId, s.envelope.msgId);
    last = s.msgId;
  }
}

TEST(ServerOutbox, DropsPushesForAConnectionThatDoesNotRead) {
  ServerFixture f;
  f.greet();
  for (std::uint32_t i = 0; i < 10000; ++i) {
    f.server.push(42, numbered(0x74ae4240, i));
  }
  EXPECT_EQ(countOf(f.sent(), 0x74ae4240), 4096U);
}

}  // namespace
}  // namespace mtpool::mtproto
