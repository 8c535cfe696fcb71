// SPDX-License-Identifier: Apache-2.0
#include "engine/base/clock.h"

#include <gtest/gtest.h>

namespace mtpool {
namespace {

using namespace std::chrono_literals;

TEST(SystemClock, NeverGoesBackInMonotonicTime) {
  const SystemClock clock;
  const MonoTime first = clock.mono();
  EXPECT_LE(first, clock.mono());
}

TEST(SystemClock, CountsWallTimeFrom1970) {
  constexpr std::int64_t kYear2020 = 1'577'836'800;
  EXPECT_GT(unixSeconds(SystemClock().wall()), kYear2020);
}

TEST(ManualClock, MovesOnlyWhenTold) {
  ManualClock clock{WallTime{100s}};
  const MonoTime start = clock.mono();
  clock.advance(1500ms);
  EXPECT_EQ(clock.mono() - start, 1500ms);
  EXPECT_EQ(unixSeconds(clock.wall()), 101);
}

TEST(ManualClock, LetsTheWallJumpWhileMonotonicTimeStands) {
  ManualClock clock{WallTime{100s}};
  const MonoTime start = clock.mono();
  clock.setWall(WallTime{50s});
  EXPECT_EQ(unixSeconds(clock.wall()), 50);
  EXPECT_EQ(clock.mono(), start);
}

}  // namespace
}  // namespace mtpool
