// SPDX-License-Identifier: Apache-2.0
// The small parts that sessions are made of.
#include <gtest/gtest.h>

#include "engine/crypto/inflate.h"
#include "engine/mtproto/ack_queue.h"
#include "engine/mtproto/client_salts.h"
#include "engine/mtproto/container.h"
#include "engine/mtproto/duplicate_window.h"
#include "engine/mtproto/gzip_packed.h"
#include "engine/mtproto/request_table.h"
#include "engine/mtproto/rpc_error.h"
#include "engine/mtproto/sent_log.h"
#include "engine/tl/writer.h"

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

TEST(DuplicateWindow, KnowsWhatItSawAndWhatMayHaveBeen) {
  DuplicateWindow window;
  EXPECT_EQ(window.check(5), DuplicateWindow::Verdict::New);
  for (std::int64_t id = 10; id < 10 + 1024; ++id) {
    window.insert(id * 4);
  }
  EXPECT_TRUE(window.contains(40));
  EXPECT_EQ(window.check(39), DuplicateWindow::Verdict::TooOld);
  EXPECT_EQ(window.check(41), DuplicateWindow::Verdict::New);
  for (std::int64_t id = 2000; id < 4000; ++id) {
    window.insert(id * 4);
    window.insert(id * 4);
  }
  EXPECT_FALSE(window.contains(40));
  EXPECT_EQ(window.check(40), DuplicateWindow::Verdict::TooOld);
  EXPECT_TRUE(window.contains((4000 - 1024) * 4));
  EXPECT_EQ(window.highest(), 3999 * 4);
}

bool reads(std::int32_t code, std::string_view text, const RpcError& as) {
  const RpcError e = parseRpcError(code, text);
  return e.code == as.code && e.name == as.name && e.argument == as.argument;
}

TEST(RpcErrorText, IsSplitIntoNameAndArgument) {
  EXPECT_TRUE(reads(420, "FLOOD_WAIT_31", {420, "FLOOD_WAIT", 31}));
  EXPECT_TRUE(reads(420, "FLOOD_WAIT_0", {420, "FLOOD_WAIT", 0}));
  EXPECT_TRUE(reads(303, "USER_MIGRATE_4", {303, "USER_MIGRATE", 4}));
  EXPECT_TRUE(reads(400, "CHANNEL_INVALID", {400, "CHANNEL_INVALID", {}}));
  EXPECT_TRUE(reads(420, "2FA_CONFIRM_WAIT_604800", {420, "2FA_CONFIRM_WAIT", 604800}));
  EXPECT_TRUE(reads(-503, "Timeout", {503, "TIMEOUT", {}}));
  EXPECT_TRUE(reads(500, "INTERDC_2_CALL_ERROR", {500, "INTERDC_2_CALL_ERROR", {}}));
}

TEST(RpcErrorText, TakesOnlyDigitsBehindOneUnderscoreForAnArgument) {
  EXPECT_TRUE(reads(400, "FLOOD_WAIT_", {400, "FLOOD_WAIT_", {}}));
  EXPECT_TRUE(reads(400, "FLOOD_WAIT_-3", {400, "FLOOD_WAIT__3", {}}));
  EXPECT_TRUE(reads(420, "FLOOD_WAIT__5", {420, "FLOOD_WAIT__5", {}}));
  EXPECT_TRUE(reads(420, "FLOOD_WAIT_12X", {420, "FLOOD_WAIT_12X", {}}));
  EXPECT_TRUE(reads(420, "FLOOD_WAIT 12", {420, "FLOOD_WAIT_12", {}}));
  EXPECT_TRUE(reads(400, "_7", {400, "_7", {}}));
  EXPECT_TRUE(reads(400, "77", {400, "77", {}}));
}

TEST(RpcErrorText, LetsAnArgumentBeyondAllNumbersBeTheGreatest) {
  for (const std::size_t digits : {19U, 20U, 1000U}) {
    const std::string text = "FLOOD_WAIT_" + std::string(digits, '9');
    EXPECT_TRUE(reads(420, text, {420, "FLOOD_WAIT", INT64_MAX})) << digits;
  }
}

TEST(RpcErrorText, BecomesInvalidWhenItIsNone) {
  EXPECT_TRUE(reads(0, "X", {500, "INVALID", {}}));
  EXPECT_TRUE(reads(12345, "X", {500, "INVALID", {}}));
  EXPECT_TRUE(reads(INT32_MIN, "X", {500, "INVALID", {}}));
  EXPECT_TRUE(reads(400, "\xff\xfe", {500, "INVALID", {}}));
  EXPECT_TRUE(reads(400, "", {500, "INVALID", {}}));
  EXPECT_TRUE(reads(400, "a\nb", {400, "A_B", {}}));
  EXPECT_LE(parseRpcError(400, std::string(100000, 'A')).name.size(), 128U);
}

TEST(Container, GivesBackWhatWasPutIn) {
  const Bytes a(8, 1);
  const Bytes b(4, 2);
  const Bytes body = writeContainer({{4, 1, a}, {8, 2, b}});
  const auto messages = readContainer({12, 2, body});
  ASSERT_TRUE(messages.ok());
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ((*messages)[1].msgId, 8);
  EXPECT_EQ(toBytes((*messages)[0].body), a);
}

TEST(Container, MayHoldExactlyAThousandAndTwentyFour) {
  const Bytes b(4, 2);
  std::vector<Message> many(1024, Message{4, 0, b});
  EXPECT_TRUE(readContainer({12, 2, writeContainer(many)}).ok());
  many.push_back(many[0]);
  const Bytes tooMany = writeContainer(many);
  const auto refused = readContainer({12, 2, tooMany});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::LimitExceeded);
}

TEST(Container, RefusesLengthsThatDoNotAddUp) {
  const Bytes b(8, 2);
  const Bytes good = writeContainer({{4, 1, b}});
  for (const std::uint32_t size : {0U, 4U, 7U, 12U, 0xfffffffcU}) {
    Bytes bad = good;
    storeLe32(bad.data() + 20, size);
    EXPECT_FALSE(readContainer({12, 2, bad}).ok()) << size;
  }
  Bytes counted = good;
  storeLe32(counted.data() + 4, 2);
  EXPECT_FALSE(readContainer({12, 2, counted}).ok());
  storeLe32(counted.data() + 4, 0xffffffff);
  EXPECT_FALSE(readContainer({12, 2, counted}).ok());
}

TEST(GzipPacked, PacksOnlyWhenThatPays) {
  SeededRandom random(1);
  EXPECT_TRUE(packedIfSmaller(random.bytes(1000), 100).empty());
  EXPECT_TRUE(packedIfSmaller(Bytes(100, 0), 100).empty());
  const Bytes packed = packedIfSmaller(Bytes(1000, 0), 100);
  Bytes storage;
  std::size_t budget = kInflatedPerPacket;
  const auto back = unpacked(packed, storage, budget);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(toBytes(*back), Bytes(1000, 0));
}

TEST(GzipPacked, IsNeverNestedNorABomb) {
  const auto wrap = [](ByteView object) {
    Bytes body;
    tl::Writer w(body);
    w.uint32(0x3072cfa1);
    w.bytes(crypto::deflateGzip(object));
    return body;
  };
  Bytes storage;
  std::size_t budget = kInflatedPerPacket;
  EXPECT_FALSE(unpacked(wrap(wrap(Bytes(100, 0))), storage, budget).ok());
  EXPECT_FALSE(unpacked(wrap(Bytes(1 << 22, 0)), storage, budget).ok());
  EXPECT_FALSE(unpacked(wrap({}), storage, budget).ok());
  const Bytes plain(8, 1);
  EXPECT_EQ(unpacked(plain, storage, budget)->data(), plain.data());
}

TEST(ClientSalts, FollowAnnouncementsUntilTheServerKnowsBetter) {
  ClientSalts salts(1);
  EXPECT_TRUE(salts.endsSoon(0));
  EXPECT_FALSE(salts.advance(100));
  salts.learn({{2000, 9000, 3}, {1000, 4000, 2}});
  EXPECT_FALSE(salts.endsSoon(1000));
  EXPECT_FALSE(salts.advance(999));
  EXPECT_TRUE(salts.advance(1000));
  EXPECT_EQ(salts.current(), 2U);
  EXPECT_FALSE(salts.advance(1999));
  EXPECT_TRUE(salts.advance(2000));
  EXPECT_EQ(salts.current(), 3U);
  EXPECT_TRUE(salts.endsSoon(5400));
  EXPECT_FALSE(salts.replace(3));
  EXPECT_TRUE(salts.replace(7));
  EXPECT_FALSE(salts.advance(3000));  // what was announced led astray
  EXPECT_EQ(salts.current(), 7U);
}

TEST(AckQueue, CountsFromItsFirst) {
  AckQueue acks;
  const MonoTime start{10s};
  acks.add(1, start);
  acks.add(2, start + 5s);
  acks.add(3, start + 6s);
  EXPECT_EQ(acks.since(), start);
  acks.drop(2);
  EXPECT_EQ(acks.take(1), std::vector<std::int64_t>{1});
  EXPECT_EQ(acks.take(9), std::vector<std::int64_t>{3});
  EXPECT_FALSE(acks.since().has_value());
}

TEST(AckQueue, IsBounded) {
  AckQueue acks;
  for (std::int64_t id = 0; id < 10'000; ++id) {
    acks.add(id, MonoTime{10s});
  }
  EXPECT_EQ(acks.size(), AckQueue::kMost);
}

TEST(RequestTable, KeepsTheOrderOfSubmission) {
  RequestTable table;
  const MonoTime now{1s};
  const RequestId first = table.add(Bytes(4), Idempotency::Read).id;
  const RequestId second = table.add(Bytes(4), Idempotency::Read).id;
  table.markSent(*table.nextWaiting(), 100, now);
  EXPECT_EQ(table.nextWaiting()->id, second);
  table.requeue(*table.find(first));
  EXPECT_EQ(table.nextWaiting()->id, first);
  table.markSent(*table.find(first), 200, now + 1s);
  EXPECT_EQ(table.findByMessage(100)->id, first);
  EXPECT_EQ(table.findCurrent(100), nullptr);
  EXPECT_EQ(table.findCurrent(200)->id, first);
  EXPECT_EQ(table.oldestSent(), now + 1s);
  table.erase(first);
  EXPECT_EQ(table.findByMessage(100), nullptr);
  EXPECT_EQ(table.findByMessage(200), nullptr);
  EXPECT_EQ(table.sent(), 0U);
  EXPECT_EQ(table.waiting(), 1U);
}

TEST(RequestTable, KnowsABoundedNumberOfSendings) {
  RequestTable table;
  const RequestId request = table.add(Bytes(4), Idempotency::Read).id;
  for (std::int64_t msgId = 1; msgId <= 100; ++msgId) {
    table.markSent(*table.find(request), msgId, MonoTime{1s});
    table.requeue(*table.find(request));
  }
  EXPECT_EQ(table.find(request)->msgIds.size(), kSendingsKnown);
  EXPECT_EQ(table.findByMessage(92), nullptr);
  EXPECT_NE(table.findByMessage(93), nullptr);
  EXPECT_NE(table.findByMessage(100), nullptr);
}

TEST(SentLog, RemembersABoundedNumber) {
  SentLog log;
  for (std::int64_t id = 1; id <= 100; ++id) {
    log.add(id, {ServiceMessage::Kind::Acks, {id}, {}});
    log.addContainer(id + 1000, {id});
  }
  EXPECT_FALSE(log.knows(68));
  EXPECT_TRUE(log.knows(69));
  EXPECT_EQ(log.inside(1100)->at(0), 100);
  EXPECT_EQ(log.inside(1001), nullptr);
  EXPECT_EQ(log.take(100)->msgIds.at(0), 100);
  EXPECT_FALSE(log.take(100).has_value());
}

}  // namespace
}  // namespace mtpool::mtproto
