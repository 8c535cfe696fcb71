// SPDX-License-Identifier: Apache-2.0
// What a client session takes from a server, and what not.
#include "engine/mtproto/client_session.h"

#include <gtest/gtest.h>

#include <list>

#include "engine/mtproto/gzip_packed.h"
#include "tests/mtproto/raw_peer.h"

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

const Bytes kUpdate = numbered(0x74ae4240, 1);

TEST(ClientSession, HandsOnPushesAndAcknowledgesThem) {
  ClientFixture f;
  f.connect();
  const auto pushed = only<Pushed>(f.receive(f.server.packet(kUpdate)));
  ASSERT_EQ(pushed.size(), 1U);
  EXPECT_EQ(pushed[0].body, kUpdate);
  const Seen query = f.askNow(1);
  EXPECT_TRUE(query.inContainer());  // the ack went along
}

TEST(ClientSession, RefusesPacketsOfOtherSessions) {
  ClientFixture f;
  f.connect();
  f.server.sessionId ^= 1;
  const auto events = f.session.receive(f.server.packet(kUpdate));
  ASSERT_FALSE(events.ok());
  EXPECT_EQ(events.error().code(), Errc::SecurityCheck);
}

TEST(ClientSession, RefusesEvenMessageIds) {
  ClientFixture f;
  f.connect();
  EXPECT_FALSE(f.session.receive(f.server.packetAs(f.server.nextId() & ~3, 1, kUpdate)).ok());
  EXPECT_FALSE(f.session.receive(f.server.packetAs((f.server.nextId() & ~3) | 2, 1, kUpdate)).ok());
  EXPECT_TRUE(f.session.receive(f.server.packetAs(f.server.nextId() | 3, 1, kUpdate)).ok());
}

TEST(ClientSession, HandlesARepeatedMessageOnceButAcknowledgesItAgain) {
  ClientFixture f;
  f.connect();
  const Bytes packet = f.server.packet(kUpdate);
  EXPECT_EQ(only<Pushed>(f.receive(packet)).size(), 1U);
  EXPECT_EQ(only<Pushed>(f.receive(packet)).size(), 0U);
  f.clock.advance(30s);
  const auto sent = f.sent();
  const Seen* ack = firstOf(sent, mt::MsgsAck::kId);
  ASSERT_NE(ack, nullptr);
  EXPECT_EQ(parsed<mt::MsgsAck>(ack->body).msgIds.size(), 2U);
}

TEST(ClientSession, HoldsMessageIdsAgainstTheTime) {
  struct Case {
    std::int64_t offset;
    bool taken;
  };

  for (const Case& c :
       {Case{0, true}, Case{-299, true}, Case{-302, false}, Case{29, true}, Case{32, false}}) {
    ClientFixture f;
    f.connect();
    const std::int64_t id = ((kStart + c.offset) * kUnit) | 1;
    EXPECT_EQ(only<Pushed>(f.receive(f.server.packetAs(id, 1, kUpdate))).size(), c.taken ? 1U : 0U)
        << c.offset;
  }
}

TEST(ClientSession, TakesAnOldAnswerToItsOwnQuestion) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  f.clock.advance(20min);
  const Bytes answer = rpcResult(query.msgId, numbered(kAnswerId, 1));
  const std::int64_t old = (kStart + 1) * kUnit | 1;
  EXPECT_EQ(only<Answered>(f.receive(f.server.packetAs(old, 1, answer))).size(), 1U);
}

/// A session whose clock stood still for so long that what comes now seems to be of the future.
struct Overslept {
  Overslept() {
    f.connect();
    f.clock.advance(61s);
  }

  Bytes late(const Bytes& body) {
    last += 4;
    return f.server.packetAs((kStart + 661) * kUnit + last, 0, body);
  }

  ClientFixture f;
  std::int64_t last = 1;
};

TEST(ClientSession, TakesAPongToItsOwnPingAfterALongSleep) {
  Overslept s;
  const auto sent = s.f.sent();
  const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
  ASSERT_NE(ping, nullptr);
  EXPECT_TRUE(s.f.session.waitingSince().has_value());
  const mt::Pong pong{ping->msgId, parsed<mt::PingDelayDisconnect>(ping->body).pingId};
  s.f.receive(s.late(tl::serialize(pong)));
  EXPECT_FALSE(s.f.session.waitingSince().has_value());
  EXPECT_EQ(s.f.session.serverClock().unixSeconds(), kStart + 661);
}

TEST(ClientSession, TakesWhatANewSessionHasNotGotAfterALongSleep) {
  Overslept s;
  s.f.askNow(1);
  const Seen second = s.f.askNow(2);
  const Bytes created = tl::serialize(mt::NewSessionCreated{second.msgId, 99, 4711});
  const auto events = s.f.receive(s.late(created));
  EXPECT_EQ(only<SessionCreated>(events).size(), 1U);
  EXPECT_EQ(s.f.session.salt(), 4711U);
  EXPECT_EQ(countOf(s.f.sent(), kQueryId), 1U);
}

TEST(ClientSession, TakesTheStateOfItsMessagesAfterALongSleep) {
  Overslept s;
  s.f.askNow(1);
  s.f.session.onConnected();
  const auto sent = s.f.sent();
  const Seen* question = firstOf(sent, mt::MsgsStateReq::kId);
  ASSERT_NE(question, nullptr);
  s.f.receive(s.late(tl::serialize(mt::MsgsStateInfo{question->msgId, Bytes(1, 2)})));
  EXPECT_EQ(countOf(s.f.sent(), kQueryId), 1U);
}

TEST(ClientSession, TakesSaltsItAskedForAfterALongSleep) {
  Overslept s;
  s.f.clock.advance(864000s);  // beyond the salts it has
  s.last += 864000 * kUnit;
  s.f.receive(s.f.server.packet(kUpdate));
  const auto sent = s.f.sent();
  const Seen* question = firstOf(sent, mt::GetFutureSalts::kId);
  ASSERT_NE(question, nullptr);
  const auto begin = static_cast<std::int32_t>(kStart + 864000);
  const mt::FutureSalts salts{question->msgId, begin, {{begin, begin + 7200, 88}}};
  s.f.receive(s.late(tl::serialize(salts)));
  s.f.sent();
  EXPECT_EQ(s.f.session.salt(), 88U);
}

TEST(ClientSession, TakesNothingOutOfTimeAboutTheMessagesOfOthers) {
  Overslept s;
  const Seen query = s.f.askNow(1);
  s.f.receive(s.late(tl::serialize(mt::NewSessionCreated{query.msgId + 400, 99, 4711})));
  EXPECT_EQ(s.f.session.salt(), 77U);
}

TEST(ClientSession, TakesEachAnswerOnce) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  const Bytes answer = rpcResult(query.msgId, numbered(kAnswerId, 1));
  EXPECT_EQ(only<Answered>(f.receive(f.server.packet(answer))).size(), 1U);
  EXPECT_EQ(only<Answered>(f.receive(f.server.packet(answer))).size(), 0U);
  EXPECT_EQ(only<Answered>(f.receive(f.server.packet(rpcResult(12345, kUpdate)))).size(), 0U);
  EXPECT_EQ(f.session.inFlight(), 0U);
}

TEST(ClientSession, UnpacksAnswersOfBothHeaders) {
  ClientFixture f;
  f.connect();
  const Bytes object = numbered(kAnswerId, 7, 400);
  Bytes zlib;  // what another server's zlib made of the same object
  tl::Writer w(zlib);
  w.uint32(0x3072cfa1);
  w.bytes(*parseHex("789cfb776a2d373bc3281805a360148c8251401a0000d0800288"));
  for (const Bytes& packed : {packedIfSmaller(object, 0), zlib}) {
    const Seen query = f.askNow(1);
    const auto answered = only<Answered>(f.receive(f.server.packet(rpcResult(query.msgId, packed))));
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_EQ(answered[0].body, object);
  }
}

TEST(ClientSession, FailsARequestWhoseAnswerCannotBeUnpacked) {
  ClientFixture f;
  f.connect();
  Bytes bomb = packedIfSmaller(numbered(kAnswerId, 7, 400), 0);
  bomb[bomb.size() - 8] ^= 1;
  const Seen query = f.askNow(1);
  const auto failed = only<Failed>(f.receive(f.server.packet(rpcResult(query.msgId, bomb))));
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].error.name, "ANSWER_UNREADABLE");
  EXPECT_EQ(f.session.inFlight(), 0U);
}

TEST(ClientSession, TellsThatUpdatesMayBeMissingWhenAPushIsUnreadable) {
  ClientFixture f;
  f.connect();
  Bytes bad = packedIfSmaller(numbered(0x74ae4240, 7, 400), 0);
  bad[bad.size() - 8] ^= 1;
  EXPECT_EQ(only<SessionCreated>(f.receive(f.server.packet(bad))).size(), 1U);
}

/// As many packed pushes in one container as there are numbers, each 600 KiB once inflated.
Bytes packedPushes(RawPeer& server, std::uint32_t count) {
  std::list<Bytes> bodies;
  std::vector<Message> messages;
  SeededRandom random(11);
  for (std::uint32_t i = 0; i < count; ++i) {
    Bytes object = random.bytes(3000);  // what does not pack raises the bound for the rest
    object.resize(600 * 1024);
    storeLe32(object.data(), 0x74ae4240);
    bodies.push_back(packedIfSmaller(object, 0));
    EXPECT_FALSE(bodies.back().empty());
    messages.push_back({server.nextId(), server.nextSeqNo(true), bodies.back()});
  }
  return server.packet(writeContainer(messages), false);
}

TEST(ClientSession, InflatesNoMoreOfAPacketThanOneBudget) {
  ClientFixture f;
  f.connect();
  const auto events = f.receive(packedPushes(f.server, 100));
  std::size_t inflated = 0;
  for (const Pushed& push : only<Pushed>(events)) {
    inflated += push.body.size();
  }
  EXPECT_GT(inflated, kInflatedPerPacket / 2);
  EXPECT_LE(inflated, kInflatedPerPacket);
  EXPECT_FALSE(only<SessionCreated>(events).empty());  // what was not read may be missing
  EXPECT_EQ(only<Pushed>(f.receive(packedPushes(f.server, 2))).size(), 2U);  // the next packet has its own
}

TEST(ClientSession, CopiesNoPushesThatNobodyReads) {
  SessionLimits limits;
  limits.pushes = false;
  ClientFixture f(limits);
  f.connect();
  EXPECT_TRUE(only<Pushed>(f.receive(f.server.packet(kUpdate))).empty());
  EXPECT_TRUE(f.askNow(1).inContainer());  // the ack goes along all the same
}

TEST(ClientSession, ParsesErrors) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  const Bytes error = tl::serialize(mt::RpcError{420, "FLOOD_WAIT_31"});
  const auto failed = only<Failed>(f.receive(f.server.packet(rpcResult(query.msgId, error))));
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].error.code, 420);
  EXPECT_EQ(failed[0].error.name, "FLOOD_WAIT");
  EXPECT_EQ(failed[0].error.argument, 31);
}

TEST(ClientSession, TakesContainersWholeOrNotAtAll) {
  ClientFixture f;
  f.connect();
  const Message a{f.server.nextId(), 1, kUpdate};
  const Bytes other = numbered(0x74ae4240, 2);
  const Message b{f.server.nextId(), 3, other};
  const std::int64_t id = f.server.nextId();
  const Bytes good = writeContainer({a, b});
  for (const std::size_t cut : {4U, 8U, 20U}) {
    Bytes bad = good;
    bad.erase(bad.end() - static_cast<std::ptrdiff_t>(cut), bad.end());
    const auto events = f.session.receive(f.server.packetAs(id, 4, bad));
    ASSERT_FALSE(events.ok());
    EXPECT_EQ(events.error().code(), Errc::Malformed);
    EXPECT_TRUE(f.session.takeEvents().empty());
  }
  EXPECT_FALSE(f.session.receive(f.server.packetAs(a.msgId, 4, good)).ok());  // older than its content
  const Bytes nested = writeContainer({{a.msgId, 1, good}});
  EXPECT_FALSE(f.session.receive(f.server.packetAs(id, 4, nested)).ok());
  EXPECT_EQ(only<Pushed>(f.receive(f.server.packetAs(id, 4, good))).size(), 2U);
}

TEST(ClientSession, SaysBusyWhenItsQueueIsFull) {
  SessionLimits limits;
  limits.maxQueued = 3;
  ClientFixture f(limits);
  for (std::uint32_t i = 0; i < 3; ++i) {
    f.ask(i);
  }
  const auto fourth = f.session.submit(numbered(kQueryId, 4), Idempotency::Read);
  ASSERT_FALSE(fourth.ok());
  EXPECT_EQ(fourth.error().code(), Errc::Busy);
  EXPECT_FALSE(f.session.submit(Bytes(7, 1), Idempotency::Read).ok());
}

TEST(ClientSession, KnowsSinceWhenTheServerIsSilent) {
  ClientFixture f;
  EXPECT_FALSE(f.session.waitingSince().has_value());
  f.connect();
  EXPECT_FALSE(f.session.waitingSince().has_value());
  f.clock.advance(60s);
  const auto sent = f.sent();
  const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
  ASSERT_NE(ping, nullptr);
  EXPECT_EQ(f.session.waitingSince(), f.clock.mono());
  f.clock.advance(5s);
  f.receive(f.server.packet(kUpdate));  // any sign of life counts
  EXPECT_EQ(f.session.waitingSince(), f.clock.mono());
  const mt::Pong pong{ping->msgId, parsed<mt::PingDelayDisconnect>(ping->body).pingId};
  f.receive(f.server.packet(pong, false));
  EXPECT_FALSE(f.session.waitingSince().has_value());
}

TEST(ClientSession, AsksForASignOfLifeBeforeASlowAnswerCountsAsSilence) {
  ClientFixture f;
  f.connect();
  f.clock.advance(5s);
  f.askNow(1);
  EXPECT_FALSE(f.session.waitingSince().has_value());
  for (int i = 0; i < 10; ++i) {
    const MonoTime due = f.clock.mono() + 15s;
    EXPECT_EQ(f.session.nextDue(), due);
    f.clock.advance(14s);
    EXPECT_TRUE(f.sent().empty());
    f.clock.advance(1s);
    const auto sent = f.sent();
    const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
    ASSERT_NE(ping, nullptr);
    EXPECT_EQ(f.session.waitingSince(), due);
    const mt::Pong pong{ping->msgId, parsed<mt::PingDelayDisconnect>(ping->body).pingId};
    f.receive(f.server.packet(pong, false));
    EXPECT_FALSE(f.session.waitingSince().has_value());
  }
}

TEST(ClientSession, TakesARecordingForNoSignOfLife) {
  ClientFixture f;
  f.connect();
  const Bytes single = f.server.packet(kUpdate);
  const Message inner{f.server.nextId(), f.server.nextSeqNo(true), kUpdate};
  const Bytes container = f.server.packet(writeContainer({inner}), false);
  f.receive(single);
  f.receive(container);
  f.clock.advance(60s);
  EXPECT_EQ(countOf(f.sent(), mt::PingDelayDisconnect::kId), 1U);
  const MonoTime asked = f.clock.mono();
  f.clock.advance(5s);
  f.receive(single);
  f.receive(container);
  EXPECT_EQ(f.session.waitingSince(), asked);
}

TEST(ClientSession, EndsAConnectionThatOnlyRepeatsItself) {
  ClientFixture f;
  f.connect();
  const Bytes packet = f.server.packet(kUpdate);
  int taken = 0;
  while (taken < 1000 && f.session.receive(packet).ok()) {
    ++taken;
  }
  EXPECT_EQ(taken, 257);
  f.session.onConnected();
  EXPECT_TRUE(f.session.receive(packet).ok());
}

TEST(ClientSession, EndsAConnectionThatOnlyRepeatsTheFormerSession) {
  ClientFixture f;
  f.connect();
  const Bytes packet = f.server.packet(kUpdate);
  const Seen query = f.askNow(1);
  f.receive(f.server.packet(mt::BadMsgNotification{query.msgId, 1, 32}, false));
  ASSERT_NE(f.session.sessionId(), f.server.sessionId);
  int taken = 0;
  while (taken < 1000 && f.session.receive(packet).ok()) {
    ++taken;
  }
  EXPECT_EQ(taken, 256);
}

TEST(ClientSession, NotesTheDuplicatesOfAPacketOnce) {
  ClientFixture f;
  f.connect();
  std::vector<Message> messages;
  for (int i = 0; i < 3; ++i) {
    messages.push_back({f.server.nextId(), f.server.nextSeqNo(true), kUpdate});
  }
  f.receive(f.server.packet(writeContainer(messages), false));
  const auto notes = only<Noted>(f.receive(f.server.packet(writeContainer(messages), false)));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].what, "duplicate");
  EXPECT_EQ(notes[0].number, 3);
}

TEST(ClientSession, CorrectsAClockThatIsAhead) {
  ClientFixture f;
  f.connect();
  f.session.serverClock().set((kStart + 25) * kUnit);
  const Seen query = f.askNow(1);
  f.receive(f.server.packet(rpcResult(query.msgId, numbered(kAnswerId, 1))));
  EXPECT_EQ(f.session.serverClock().unixSeconds(), kStart);
}

}  // namespace
}  // namespace mtpool::mtproto
