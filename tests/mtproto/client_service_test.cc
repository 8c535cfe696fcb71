// SPDX-License-Identifier: Apache-2.0
// A client session's reactions to service messages, each code of bad_msg_notification among them.
#include <gtest/gtest.h>

#include "tests/mtproto/raw_peer.h"

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

mt::BadMsgNotification bad(std::int64_t msgId, std::int32_t code) {
  return {msgId, 1, code};
}

TEST(BadMessage, TooLowSetsTheClockAndSendsAgain) {
  ClientFixture f;
  f.connect();
  f.session.serverClock().set((kStart - 1000) * kUnit);
  const Seen query = f.askNow(1, Idempotency::Never);
  f.receive(f.server.packet(bad(query.msgId, 16), false));
  EXPECT_EQ(f.session.serverClock().unixSeconds(), kStart);
  const auto again = f.sent();
  ASSERT_EQ(countOf(again, kQueryId), 1U);
  EXPECT_GT(firstOf(again, kQueryId)->msgId, query.msgId);
  EXPECT_EQ(firstOf(again, kQueryId)->envelope.sessionId, query.envelope.sessionId);
}

TEST(BadMessage, TooHighStartsANewSessionWithLowerIds) {
  ClientFixture f;
  f.connect();
  f.session.serverClock().set((kStart + 1000) * kUnit);
  const Seen query = f.askNow(1, Idempotency::Never);
  f.receive(f.server.packet(bad(query.msgId, 17), false));
  const auto again = f.sent();
  ASSERT_EQ(countOf(again, kQueryId), 1U);
  EXPECT_LT(firstOf(again, kQueryId)->msgId, query.msgId);
  EXPECT_NE(firstOf(again, kQueryId)->envelope.sessionId, query.envelope.sessionId);
  EXPECT_EQ(f.session.sessionId(), firstOf(again, kQueryId)->envelope.sessionId);
}

TEST(BadMessage, AboutTheSessionItselfResetsIt) {
  for (const std::int32_t code : {18, 32, 33, 34, 35}) {
    SCOPED_TRACE(code);
    ClientFixture f;
    f.connect();
    const Seen harmless = f.askNow(1);
    const RequestId lost = f.ask(2, Idempotency::Never);
    f.sent();
    const Seen named = f.askNow(3, Idempotency::Never);
    const auto events = f.receive(f.server.packet(bad(named.msgId, code), false));
    // The named one was surely not received; of the others nobody knows.
    ASSERT_EQ(only<Unknown>(events).size(), 1U);
    EXPECT_EQ(only<Unknown>(events)[0].request, lost);
    const auto again = f.sent();
    EXPECT_EQ(countOf(again, kQueryId), 2U);
    EXPECT_EQ(firstOf(again, kQueryId)->seqNo, 1);
    EXPECT_NE(again[0].envelope.sessionId, harmless.envelope.sessionId);
    // Stragglers of the former session are no attack.
    EXPECT_TRUE(f.receive(f.server.packet(numbered(0x74ae4240, 1))).empty());
  }
}

TEST(BadMessage, ForAReusedContainerIdRepeatsNothingRisky) {
  ClientFixture f;
  f.connect();
  const RequestId never = f.ask(1, Idempotency::Never);
  f.ask(2);
  const auto sent = f.sent();
  const auto events = f.receive(f.server.packet(bad(sent[0].envelope.msgId, 19), false));
  ASSERT_EQ(only<Unknown>(events).size(), 1U);
  EXPECT_EQ(only<Unknown>(events)[0].request, never);
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(BadMessage, TooOldRepeatsOnlyWhatIsHarmless) {
  for (const Idempotency kind : {Idempotency::Read, Idempotency::Keyed, Idempotency::Never}) {
    ClientFixture f;
    f.connect();
    const Seen query = f.askNow(1, kind);
    const auto events = f.receive(f.server.packet(bad(query.msgId, 20), false));
    const bool never = kind == Idempotency::Never;
    EXPECT_EQ(only<Unknown>(events).size(), never ? 1U : 0U);
    EXPECT_EQ(countOf(f.sent(), kQueryId), never ? 0U : 1U);
  }
}

TEST(BadMessage, OfAnUnknownCodeRepeatsOnlyWhatIsHarmless) {
  ClientFixture f;
  f.connect();
  const Seen harmless = f.askNow(1);
  f.receive(f.server.packet(bad(harmless.msgId, 99), false));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
  const Seen risky = f.askNow(2, Idempotency::Never);
  const auto events = f.receive(f.server.packet(bad(risky.msgId, 99), false));
  EXPECT_EQ(only<Unknown>(events).size(), 1U);
  EXPECT_EQ(countOf(f.sent(), kQueryId), 0U);
}

TEST(BadMessage, TooOldRepeatsAPing) {
  ClientFixture f;
  f.connect();
  f.clock.advance(61s);
  const auto sent = f.sent();
  const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
  ASSERT_NE(ping, nullptr);
  f.receive(f.server.packet(bad(ping->msgId, 20), false));
  EXPECT_EQ(countOf(f.sent(), mt::PingDelayDisconnect::kId), 1U);
}

TEST(BadMessage, AboutAContainerSendsItsMessagesSingly) {
  ClientFixture f;
  f.connect();
  for (std::uint32_t i = 0; i < 3; ++i) {
    f.ask(i);
  }
  const auto sent = f.sent();
  ASSERT_TRUE(sent[0].inContainer());
  f.receive(f.server.packet(bad(sent[0].envelope.msgId, 64), false));
  const auto again = f.sent();
  EXPECT_EQ(countOf(again, kQueryId), 3U);
  for (const Seen& s : again) {
    EXPECT_FALSE(s.inContainer() && s.id == kQueryId);
  }
}

TEST(BadMessage, AboutAContainerOfServiceMessagesSendsThemSingly) {
  ClientFixture f;
  f.connect();
  f.clock.advance(61s);  // a ping is due
  f.receive(f.server.packet(mt::MsgsStateReq{{5}}, false));
  f.receive(f.server.packet(mt::MsgsStateReq{{9}}, false));
  const auto sent = f.sent();
  ASSERT_EQ(sent.size(), 3U);
  ASSERT_TRUE(sent[0].inContainer());
  f.receive(f.server.packet(bad(sent[0].envelope.msgId, 64), false));
  const auto again = f.sent();
  EXPECT_EQ(countOf(again, mt::MsgsStateInfo::kId), 2U);
  EXPECT_EQ(countOf(again, mt::PingDelayDisconnect::kId), 1U);
  for (const Seen& s : again) {
    EXPECT_FALSE(s.inContainer());
  }
  // The next ones have done nothing wrong.
  f.ask(1);
  f.ask(2);
  EXPECT_TRUE(f.sent()[0].inContainer());
}

TEST(BadMessage, IsBelievedOnlyAboutOurMessages) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  for (const std::int32_t code : {16, 17, 20, 32, 64}) {
    EXPECT_EQ(only<Noted>(f.receive(f.server.packet(bad(query.msgId + 400, code), false)))[0].what,
              "foreign_bad_msg");
  }
  const mt::BadServerSalt salt{query.msgId + 400, 1, 48, 4711};
  EXPECT_TRUE(only<SaltChanged>(f.receive(f.server.packet(salt, false))).empty());
  EXPECT_EQ(f.session.salt(), 77U);
  EXPECT_TRUE(f.sent().empty());
  EXPECT_EQ(f.session.sessionId(), query.envelope.sessionId);
}

TEST(BadMessage, FourTimesInTenSecondsEndsTheConnection) {
  ClientFixture f;
  f.connect();
  f.ask(1);
  for (int i = 0; i < 4; ++i) {
    const auto sent = f.sent();
    const Bytes packet = f.server.packet(bad(firstOf(sent, kQueryId)->msgId, 16), false);
    const auto events = f.session.receive(packet);
    EXPECT_EQ(events.ok(), i < 3);
  }
  f.clock.advance(11s);
  f.session.onDisconnected();
  f.session.onConnected();
  EXPECT_TRUE(f.session.receive(f.server.packet(numbered(0x74ae4240, 1))).ok());
}

TEST(BadSalt, IsRepairedAtOnceForAWholeContainer) {
  ClientFixture f;
  f.connect();
  f.receive(f.server.packet(numbered(0x74ae4240, 1)));  // an ack will go along
  f.ask(1, Idempotency::Never);
  f.ask(2, Idempotency::Never);
  const auto sent = f.sent();
  ASSERT_EQ(countOf(sent, mt::MsgsAck::kId), 1U);
  const mt::BadServerSalt salt{sent[0].envelope.msgId, 0, 48, 4711};
  const auto events = f.receive(f.server.packet(salt, false));
  ASSERT_EQ(only<SaltChanged>(events).size(), 1U);
  EXPECT_EQ(only<SaltChanged>(events)[0].salt, 4711U);
  const auto again = f.sent();
  EXPECT_EQ(countOf(again, kQueryId), 2U);
  EXPECT_EQ(countOf(again, mt::MsgsAck::kId), 1U);
  EXPECT_EQ(again[0].envelope.salt, 4711U);
}

TEST(BadSalt, FiveTimesForOneRequestFailsIt) {
  ClientFixture f;
  f.connect();
  f.ask(1);
  for (int i = 1; i <= 5; ++i) {
    const auto sent = f.sent();
    const Seen* query = firstOf(sent, kQueryId);
    ASSERT_NE(query, nullptr) << i;
    const auto events = f.receive(f.server.packet(mt::BadServerSalt{query->msgId, 1, 48, i}, false));
    EXPECT_EQ(only<Failed>(events).size(), i == 5 ? 1U : 0U);
  }
  EXPECT_EQ(countOf(f.sent(), kQueryId), 0U);
}

TEST(BadSalt, WithoutEndEndsTheConnection) {
  ClientFixture f;
  f.connect();
  f.clock.advance(61s);
  for (int i = 1; i <= 6; ++i) {
    const auto sent = f.sent();
    const Seen* ping = firstOf(sent, mt::PingDelayDisconnect::kId);
    ASSERT_NE(ping, nullptr) << i;
    const Bytes packet = f.server.packet(mt::BadServerSalt{ping->msgId, 0, 48, i}, false);
    EXPECT_EQ(f.session.receive(packet).ok(), i < 6) << i;
  }
}

TEST(BadSalt, OfAllThatIsUnderWayIsOneRound) {
  ClientFixture f;
  f.connect();
  std::vector<Seen> queries;
  for (std::uint32_t i = 0; i < 20; ++i) {
    queries.push_back(f.askNow(i));
  }
  for (const Seen& query : queries) {
    f.receive(f.server.packet(mt::BadServerSalt{query.msgId, 0, 48, 4711}, false));
  }
  EXPECT_EQ(countOf(f.sent(), kQueryId), 20U);
}

TEST(NewSession, RepeatsWhatItsServerHasNotGot) {
  ClientFixture f;
  f.connect();
  const Seen before = f.askNow(1);
  const RequestId never = f.ask(2, Idempotency::Never);
  const Seen neverSent = *firstOf(f.sent(), kQueryId);
  const Seen after = f.askNow(3);
  ASSERT_LT(neverSent.msgId, after.msgId);
  const mt::NewSessionCreated created{after.msgId, 99, 4711};
  const auto events = f.receive(f.server.packet(created, true));
  ASSERT_EQ(only<SessionCreated>(events).size(), 1U);
  EXPECT_EQ(only<SessionCreated>(events)[0].uniqueId, 99U);
  EXPECT_EQ(f.session.salt(), 4711U);
  ASSERT_EQ(only<Unknown>(events).size(), 1U);
  EXPECT_EQ(only<Unknown>(events)[0].request, never);
  const auto again = f.sent();
  ASSERT_EQ(countOf(again, kQueryId), 1U);
  EXPECT_EQ(numberIn(firstOf(again, kQueryId)->body), numberIn(before.body));
  EXPECT_EQ(countOf(again, mt::MsgsAck::kId), 1U);
  EXPECT_TRUE(only<SessionCreated>(f.receive(f.server.packet(created, true))).empty());  // known by now
}

TEST(NewSession, NamingTheContainerLosesNothing) {
  ClientFixture f;
  f.connect();
  f.ask(1);
  f.ask(2, Idempotency::Never);
  const auto sent = f.sent();
  ASSERT_TRUE(sent[0].inContainer());
  const mt::NewSessionCreated created{sent[0].envelope.msgId, 99, 77};
  const auto events = f.receive(f.server.packet(created, true));
  EXPECT_TRUE(only<Unknown>(events).empty());
  EXPECT_EQ(countOf(f.sent(), kQueryId), 0U);
}

/// A request of this kind in doubt after a reconnect, and the server's word on it.
struct Doubt {
  Doubt(Idempotency kind, Byte state) {
    f.connect();
    f.askNow(1, kind);
    f.session.onDisconnected();
    f.session.onConnected();
    const auto sent = f.sent();
    EXPECT_EQ(countOf(sent, kQueryId), 0U) << "nothing goes out again before the server was asked";
    const Seen* question = firstOf(sent, mt::MsgsStateReq::kId);
    EXPECT_NE(question, nullptr);
    events = f.receive(f.server.packet(mt::MsgsStateInfo{question->msgId, Bytes(1, state)}, false));
    resent = countOf(f.sent(), kQueryId) == 1;
  }

  ClientFixture f;
  std::vector<SessionEvent> events;
  bool resent = false;
};

TEST(StateInfo, DecidesWhatHappensToARequestInDoubt) {
  for (const Idempotency kind : {Idempotency::Read, Idempotency::Keyed}) {
    for (const Byte state : Bytes{1, 2, 3, 4 + 64}) {
      EXPECT_TRUE(Doubt(kind, state).resent) << int{state};
    }
    for (const Byte state : Bytes{4, 4 + 8, 4 + 32}) {
      EXPECT_FALSE(Doubt(kind, state).resent) << int{state};
    }
  }
  EXPECT_TRUE(Doubt(Idempotency::Never, 2).resent);
  EXPECT_TRUE(Doubt(Idempotency::Never, 3).resent);
  for (const Byte state : Bytes{4, 4 + 32, 4 + 64}) {
    const Doubt doubt(Idempotency::Never, state);
    EXPECT_FALSE(doubt.resent);
    EXPECT_TRUE(only<Unknown>(doubt.events).empty());
    EXPECT_EQ(doubt.f.session.inFlight(), 1U);
  }
  const Doubt forgotten(Idempotency::Never, 1);
  EXPECT_FALSE(forgotten.resent);
  EXPECT_EQ(only<Unknown>(forgotten.events).size(), 1U);
}

TEST(StateInfo, ThatNobodyAskedForChangesNothing) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  f.receive(f.server.packet(mt::MsgsStateInfo{query.msgId, Bytes(1, 1)}, false));
  EXPECT_TRUE(f.sent().empty());
}

TEST(StateInfo, MayComeUnaskedForNamedMessages) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  f.receive(f.server.packet(mt::MsgsAllInfo{{query.msgId}, Bytes(1, 2)}, false));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(DetailedInfo, FetchesAnUnseenAnswerAndAcknowledgesASeenOne) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  const std::int64_t answerId = f.server.nextId();
  f.receive(f.server.packet(mt::MsgDetailedInfo{query.msgId, answerId, 100, 0}, false));
  auto sent = f.sent();
  const Seen* wanted = firstOf(sent, mt::MsgResendReq::kId);
  ASSERT_NE(wanted, nullptr);
  EXPECT_EQ(parsed<mt::MsgResendReq>(wanted->body).msgIds, std::vector<std::int64_t>{answerId});
  f.receive(f.server.packetAs(answerId, 1, rpcResult(query.msgId, numbered(kAnswerId, 1))));
  f.receive(f.server.packet(mt::MsgNewDetailedInfo{answerId, 100, 0}, false));
  f.clock.advance(30s);
  sent = f.sent();
  EXPECT_EQ(countOf(sent, mt::MsgResendReq::kId), 0U);
  EXPECT_EQ(countOf(sent, mt::MsgsAck::kId), 1U);
}

TEST(StateRequest, IsAnsweredForEachMessage) {
  ClientFixture f;
  f.connect();
  const std::int64_t missing = f.server.nextId();
  const std::int64_t seen = f.server.nextId();
  f.receive(f.server.packetAs(seen, 1, numbered(0x74ae4240, 1)));
  f.receive(f.server.packet(mt::MsgsStateReq{{seen, missing, seen + (kUnit * 100)}}, false));
  const auto sent = f.sent();
  const Seen* info = firstOf(sent, mt::MsgsStateInfo::kId);
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(parsed<mt::MsgsStateInfo>(info->body).info, (Bytes{4, 2, 3}));
}

TEST(ResendRequest, SendsTheContentUnderANewId) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1, Idempotency::Never);
  f.receive(f.server.packet(mt::MsgResendReq{{query.msgId}}, false));
  const auto sent = f.sent();
  const Seen* again = firstOf(sent, kQueryId);
  ASSERT_NE(again, nullptr);
  EXPECT_NE(again->msgId, query.msgId);
  EXPECT_EQ(again->body, query.body);
}

TEST(ResendRequest, CountsAMessageOnceHoweverOftenItIsNamed) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  std::vector<std::int64_t> ids(8191, query.msgId - 4);
  ids.push_back(query.msgId);
  f.receive(f.server.packet(mt::MsgResendReq{ids}, false));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(ResendRequest, MayNameSoManyMessagesInAPacketAndNoMore) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  std::vector<std::int64_t> ids;
  for (std::int64_t i = 512; i > 0; --i) {
    ids.push_back(query.msgId - 4 * i);
  }
  const Bytes others = tl::serialize(mt::MsgResendReq{ids});
  const Bytes ours = tl::serialize(mt::MsgResendReq{{query.msgId}});
  const Message first{f.server.nextId(), f.server.nextSeqNo(false), others};
  const Message second{f.server.nextId(), f.server.nextSeqNo(false), ours};
  f.receive(f.server.packet(writeContainer({first, second}), false));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 0U);
  f.receive(f.server.packet(ours, false));
  EXPECT_EQ(countOf(f.sent(), kQueryId), 1U);
}

TEST(StateRequest, IsLeftUnansweredWhenTooManyWait) {
  ClientFixture f;
  f.connect();
  const Bytes question = tl::serialize(mt::MsgsStateReq{{1, 5}});
  std::vector<Message> messages;
  for (int i = 0; i < 1000; ++i) {
    messages.push_back({f.server.nextId(), f.server.nextSeqNo(false), question});
  }
  f.receive(f.server.packet(writeContainer(messages), false));
  EXPECT_EQ(countOf(f.sent(), mt::MsgsStateInfo::kId), 256U);
}

TEST(FutureSalts, AreFollowedWhenTheirTimeComes) {
  ClientFixture f;
  f.session.onConnected();
  f.sent();
  f.receive(f.server.packet(numbered(0x74ae4240, 1)));
  const auto asked = f.sent();
  const Seen* question = firstOf(asked, mt::GetFutureSalts::kId);
  ASSERT_NE(question, nullptr);
  mt::FutureSalts salts;
  salts.reqMsgId = question->msgId;
  salts.salts = {{static_cast<std::int32_t>(kStart - 10), static_cast<std::int32_t>(kStart + 3600), 77},
                 {static_cast<std::int32_t>(kStart + 1800), static_cast<std::int32_t>(kStart + 90000), 88}};
  f.receive(f.server.packet(salts, false));
  EXPECT_EQ(f.session.salt(), 77U);
  f.clock.advance(1801s);
  const auto sent = f.sent();
  EXPECT_EQ(f.session.salt(), 88U);
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(sent[0].envelope.salt, 88U);
  EXPECT_EQ(only<SaltChanged>(f.session.takeEvents()).size(), 1U);
}

TEST(ServiceMessage, ThatIsMalformedHurtsNobody) {
  ClientFixture f;
  f.connect();
  const Seen query = f.askNow(1);
  for (const std::uint32_t id :
       {mt::MsgsAck::kId, mt::BadMsgNotification::kId, mt::BadServerSalt::kId, mt::NewSessionCreated::kId,
        mt::Pong::kId, mt::FutureSalts::kId, mt::MsgsStateReq::kId, mt::MsgsStateInfo::kId,
        mt::MsgsAllInfo::kId, mt::MsgDetailedInfo::kId, mt::MsgNewDetailedInfo::kId, mt::MsgResendReq::kId,
        std::uint32_t{0xf35c6d01}}) {
    f.receive(f.server.packet(numbered(id, 0xffffffff), false));
    Bytes four(4);
    storeLe32(four.data(), id);
    f.receive(f.server.packet(four, false));
  }
  EXPECT_EQ(f.session.inFlight(), 1U);
  EXPECT_EQ(only<Answered>(f.receive(f.server.packet(rpcResult(query.msgId, numbered(kAnswerId, 1))))).size(),
            1U);
}

}  // namespace
}  // namespace mtpool::mtproto
