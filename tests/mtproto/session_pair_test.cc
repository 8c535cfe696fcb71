// SPDX-License-Identifier: Apache-2.0
// Both halves of a session against each other: whatever the wire does, nothing is lost, nothing is answered
// twice, and what must not be repeated is executed at most once.
#include "tests/mtproto/session_pair.h"

#include <gtest/gtest.h>

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

TEST(SessionPair, AnswersWhatIsAsked) {
  SessionPair pair(1);
  pair.client.onConnected();
  for (std::uint32_t i = 0; i < 200; ++i) {
    pair.ask(i);
  }
  pair.settle();
  EXPECT_EQ(pair.answered.size(), 200U);
  EXPECT_EQ(pair.executed.size(), 200U);
  EXPECT_TRUE(pair.violations.empty());
  EXPECT_TRUE(pair.deviations.empty());
  EXPECT_EQ(pair.created, 1);
  EXPECT_EQ(pair.client.inFlight(), 0U);
}

TEST(SessionPair, UnpacksLargeAnswers) {
  SessionPair pair(2);
  for (const std::size_t words : {100U, 200U, 10000U, 500000U}) {
    pair.answerWords = words;
    pair.client.onConnected();
    pair.ask(static_cast<std::uint32_t>(words));
    pair.clientSends();
    pair.deliverToServer();
    const bool packable =
        words == 200 || words == 10000;  // small ones do not pay, zeros alone look like a bomb
    EXPECT_EQ(pair.toClient.back().size() < words * 2, packable) << words;
    pair.settle();
  }
  EXPECT_EQ(pair.answered.size(), 4U);
}

TEST(SessionPair, FindsItsFirstSalt) {
  SessionPair pair(3, 0);
  pair.client.onConnected();
  pair.ask(1);
  pair.settle();
  EXPECT_EQ(pair.answered.size(), 1U);
  EXPECT_EQ(pair.executed[1], 1);
  EXPECT_TRUE(pair.violations.empty());
  EXPECT_NE(pair.client.salt(), 0U);
}

TEST(SessionPair, FollowsTheSaltsThroughADay) {
  SessionPair pair(4);
  pair.client.onConnected();
  std::set<std::uint64_t> salts;
  for (std::uint32_t minute = 0; minute < 24 * 60; ++minute) {
    if (minute % 7 == 0) {
      pair.ask(minute);
    }
    pair.settle();
    salts.insert(pair.client.salt());
    pair.advance(1min);
  }
  pair.settle();
  EXPECT_EQ(pair.answered.size(), pair.asked.size());
  EXPECT_GE(salts.size(), 48U);
  EXPECT_EQ(pair.notes["bad_server_salt"], 0);  // it asked for the salts ahead of time
  EXPECT_TRUE(pair.violations.empty());
}

TEST(SessionPair, RecoversFromASaltThatRanOut) {
  SessionPair pair(5);
  pair.client.onConnected();
  pair.ask(1);
  pair.settle();
  pair.advance(20h);
  pair.client.onDisconnected();
  pair.client.onConnected();
  for (std::uint32_t i = 2; i < 40; ++i) {
    pair.ask(i, Idempotency::Never);
  }
  pair.settle();
  EXPECT_EQ(pair.answered.size(), 39U);
  for (const auto& [number, times] : pair.executed) {
    EXPECT_EQ(times, 1) << number;
  }
}

TEST(SessionPair, LearnsTheTimeFromTheServer) {
  for (const auto off : {-3600s, -400s, -20s, 25s, 100s, 86400s}) {
    SCOPED_TRACE(off.count());
    SessionPair pair(6);
    ManualClock wrong{WallTime(std::chrono::seconds(kStart) + off)};
    pair.client = ClientSession(testKey(), 1, wrong, pair.random);
    pair.client.onConnected();
    for (std::uint32_t i = 0; i < 5; ++i) {
      pair.ask(i, Idempotency::Never);
    }
    pair.settle();
    EXPECT_EQ(pair.answered.size(), 5U);
    EXPECT_TRUE(pair.violations.empty());
    const std::int64_t difference = pair.client.serverClock().unixSeconds() - kStart;
    EXPECT_LE(std::abs(difference), 30);
  }
}

TEST(SessionPair, ReconnectsWithNothingLostAndNothingDoneTwice) {
  for (const Idempotency kind : {Idempotency::Read, Idempotency::Keyed, Idempotency::Never}) {
    // Where the connection breaks: before the query left, before it arrived, before the answer left, on its
    // way.
    for (int moment = 0; moment < 4; ++moment) {
      SCOPED_TRACE(moment);
      SessionPair pair(7);
      pair.client.onConnected();
      pair.settle();
      for (std::uint32_t i = 1; i <= 20; ++i) {
        pair.ask(i, kind);
      }
      if (moment >= 1) {
        pair.clientSends();
      }
      if (moment == 2) {
        for (const Bytes& packet : pair.toServer) {
          pair.serverReceives(packet);
        }
      } else if (moment == 3) {
        pair.deliverToServer();
      }
      pair.reconnect();
      pair.settle();
      EXPECT_EQ(pair.answered.size(), 20U);
      EXPECT_TRUE(pair.unknowns.empty());
      for (const auto& [number, times] : pair.executed) {
        EXPECT_EQ(times, 1) << number;
      }
      EXPECT_TRUE(pair.violations.empty());
      EXPECT_TRUE(pair.deviations.empty());
    }
  }
}

TEST(SessionPair, TellsTheOwnerWhenTheServerForgotTheSession) {
  SessionPair pair(8);
  pair.client.onConnected();
  pair.settle();
  pair.ask(1, Idempotency::Never);
  const RequestId never = pair.asked.begin()->first;
  pair.ask(2, Idempotency::Read);
  pair.clientSends();
  pair.deliverToServer();
  pair.toClient.clear();
  pair.server = ServerSessions(testKey(), SaltSchedule(8, 1, kStart), pair.serverClock, pair.random);
  pair.reconnect();
  pair.settle();
  EXPECT_TRUE(pair.unknowns.contains(never));
  EXPECT_EQ(pair.executed[1], 1);
  EXPECT_EQ(pair.executed[2], 2);
  EXPECT_EQ(pair.answered.size(), 1U);
  EXPECT_EQ(pair.created, 2);
}

/// Packets lost, duplicated, reordered and connections broken by chance, for many seeds.
TEST(SessionPair, SurvivesABadWire) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    SessionPair pair(seed);
    SeededRandom chance(seed * 7919);
    pair.client.onConnected();
    std::uint32_t number = 0;
    const auto mangle = [&](std::deque<Bytes>& wire) {
      if (wire.size() > 1 && chance.below(4) == 0) {
        std::swap(wire.front(), wire.back());
      }
      if (!wire.empty() && chance.below(5) == 0) {
        wire.push_back(wire.front());
      }
    };
    for (int step = 0; step < 120; ++step) {
      if (chance.below(2) == 0 && number < 100) {
        ++number;
        pair.ask(number, number % 3 == 0 ? Idempotency::Never : Idempotency::Read);
      }
      pair.advance(std::chrono::milliseconds(chance.below(3000)));
      pair.clientSends();
      mangle(pair.toServer);
      if (chance.below(3) != 0) {
        pair.deliverToServer();
      }
      mangle(pair.toClient);
      if (chance.below(3) != 0) {
        pair.deliverToClient();
      }
      if (chance.below(12) == 0) {
        pair.reconnect();
      }
    }
    pair.settle();
    pair.reconnect();
    pair.settle();
    EXPECT_EQ(pair.answered.size(), pair.asked.size());
    for (const auto& [n, times] : pair.executed) {
      EXPECT_TRUE(times == 1 || n % 3 != 0) << n << " executed " << times << " times";
    }
    EXPECT_TRUE(pair.failures.empty());
  }
}

TEST(SessionPair, DeliversPushesOnceAcrossReconnects) {
  SessionPair pair(9);
  pair.client.onConnected();
  pair.settle();
  for (std::uint32_t i = 0; i < 50; ++i) {
    pair.server.push(pair.carried, numbered(0x74ae4240, i));
    pair.serverSends();
    if (i % 5 == 0) {
      pair.toClient.clear();
      pair.reconnect();
      pair.clientSends();
      pair.deliverToServer();
    }
    pair.deliverToClient();
  }
  pair.reconnect();
  pair.settle();
  EXPECT_EQ(pair.pushes, 50);
}

TEST(SessionPair, KeepsNothingUnacknowledgedForLong) {
  SessionPair pair(10);
  pair.client.onConnected();
  pair.settle();
  for (std::uint32_t i = 0; i < 40; ++i) {
    pair.server.push(pair.carried, numbered(0x74ae4240, i));
  }
  pair.serverSends();
  pair.settle();
  pair.advance(30s);
  pair.settle();
  // Nothing is left to resend.
  pair.server.onReconnected(pair.carried);
  EXPECT_TRUE(pair.server.takePackets(pair.carried).empty());
}

TEST(SessionPair, CarriesAQueryMadeFromItsMessageId) {
  SessionPair pair(11, 0);  // the first salt is wrong: it is made twice
  std::vector<std::int64_t> made;
  const auto id = pair.client.submit(
      [&](std::int64_t msgId) {
        made.push_back(msgId);
        return numbered(kQueryId, 5);
      },
      Idempotency::Keyed);
  pair.asked[*id] = 5;
  pair.client.onConnected();
  pair.settle();
  EXPECT_EQ(pair.answered.size(), 1U);
  ASSERT_EQ(made.size(), 2U);
  EXPECT_LT(made[0], made[1]);
}

TEST(SessionPair, IgnoresTheAnswerOfACancelledRequest) {
  SessionPair pair(12);
  pair.client.onConnected();
  pair.settle();
  const RequestId id = pair.ask(1);
  pair.clientSends();
  pair.client.cancel(id);
  pair.settle();
  EXPECT_TRUE(pair.answered.empty());
  EXPECT_EQ(pair.client.inFlight(), 0U);
  EXPECT_TRUE(pair.violations.empty());
}

TEST(SessionPair, HoldsAgainstGarbage) {
  SessionPair pair(13);
  pair.client.onConnected();
  pair.settle();
  SeededRandom noise(99);
  for (int i = 0; i < 2000; ++i) {
    Bytes packet = noise.bytes(noise.below(300));
    if (packet.size() >= 8 && i % 2 == 0) {
      storeLe64(packet.data(), testKey()->id());
    }
    EXPECT_FALSE(pair.client.receive(packet).ok());
    EXPECT_FALSE(pair.server.receive(packet).ok());
  }
  pair.ask(1);
  pair.settle();
  EXPECT_EQ(pair.answered.size(), 1U);
}

}  // namespace
}  // namespace mtpool::mtproto
