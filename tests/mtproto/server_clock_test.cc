// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/server_clock.h"

#include <gtest/gtest.h>

#include <set>

namespace mtpool::mtproto {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kSecond = std::int64_t{1} << 32;

ManualClock hostClock(std::int64_t unix) {
  return ManualClock(WallTime(std::chrono::seconds(unix)));
}

TEST(ServerClock, StartsFromTheWallClockAndDoesNotLookAtItAgain) {
  ManualClock host = hostClock(1700000000);
  ServerClock clock(host);
  EXPECT_FALSE(clock.synchronised());
  EXPECT_EQ(clock.unixSeconds(), 1700000000);
  host.setWall(WallTime(0s));
  host.advance(10s);
  EXPECT_EQ(clock.unixSeconds(), 1700000010);
}

TEST(ServerClock, FollowsTheServerForwardsOnly) {
  ManualClock host = hostClock(1000);
  ServerClock clock(host);
  clock.set(1700000000 * kSecond);
  EXPECT_TRUE(clock.synchronised());
  clock.observe(1699999990 * kSecond);
  EXPECT_EQ(clock.unixSeconds(), 1700000000);
  clock.observe(1700000005 * kSecond + kSecond / 2);
  EXPECT_EQ(clock.nowUnits(), 1700000005 * kSecond + kSecond / 2);
  clock.set(1600000000 * kSecond);
  EXPECT_EQ(clock.unixSeconds(), 1600000000);
}

TEST(ServerClock, CountsFractionsOfASecond) {
  ManualClock host = hostClock(1000);
  ServerClock clock(host);
  clock.set(0);
  host.advance(250ms);
  EXPECT_EQ(clock.nowUnits(), kSecond / 4);
}

TEST(MessageId, IsTheTimeWithNoiseInItsLowBits) {
  ManualClock host = hostClock(1700000000);
  ServerClock clock(host);
  SeededRandom random(1);
  MessageIdSource ids;
  std::set<std::int64_t> low;
  for (int i = 0; i < 100; ++i) {
    const std::int64_t id = ids.next(clock, random);
    EXPECT_EQ(id % 4, 0);
    EXPECT_EQ(id >> 32, clock.unixSeconds());
    low.insert(id & 0xffff);
    host.advance(20ms);
  }
  EXPECT_GT(low.size(), 90U);
}

TEST(MessageId, GrowsEvenWhenTheClockStandsOrGoesBack) {
  ManualClock host = hostClock(1700000000);
  ServerClock clock(host);
  SeededRandom random(2);
  MessageIdSource ids;
  std::int64_t last = 0;
  for (int i = 0; i < 10000; ++i) {
    if (i == 5000) {
      clock.set(1600000000 * kSecond);
    }
    const std::int64_t id = ids.next(clock, random);
    ASSERT_GT(id, last);
    ASSERT_EQ(id % 4, 0);
    last = id;
  }
  ids.reset();
  EXPECT_LT(ids.next(clock, random), last);
}

TEST(MessageId, OfAServerTellsAnswersFromTheRest) {
  ManualClock host = hostClock(1700000000);
  ServerClock clock(host);
  SeededRandom random(3);
  MessageIdSource ids;
  std::int64_t last = 0;
  for (int i = 0; i < 1000; ++i) {
    const int residue = random.below(2) == 0 ? 1 : 3;
    const std::int64_t id = ids.next(clock, random, residue);
    ASSERT_EQ(id % 4, residue);
    ASSERT_GT(id, last);
    last = id;
  }
}

}  // namespace
}  // namespace mtpool::mtproto
