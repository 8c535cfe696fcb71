// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/gcra.h"

#include <gtest/gtest.h>

namespace mtpool::limits {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const MonoTime kStart{seconds(1000)};

TEST(Gcra, LetsABurstPassThenSpacesTheRest) {
  Gcra rate(2.0, 3);
  EXPECT_EQ(rate.takeAt(kStart), kStart);
  EXPECT_EQ(rate.takeAt(kStart), kStart);
  EXPECT_EQ(rate.takeAt(kStart), kStart);
  EXPECT_EQ(rate.takeAt(kStart), kStart + milliseconds(500));
  EXPECT_EQ(rate.takeAt(kStart), kStart + milliseconds(1000));
}

TEST(Gcra, ARestGivesTheBurstBackAndNoMore) {
  Gcra rate(1.0, 2);
  rate.takeAt(kStart);
  rate.takeAt(kStart);
  const MonoTime later = kStart + seconds(3600);
  EXPECT_EQ(rate.takeAt(later), later);
  EXPECT_EQ(rate.takeAt(later), later);
  EXPECT_EQ(rate.takeAt(later), later + seconds(1));
}

TEST(Gcra, NeverExceedsItsRateOverAnyWindow) {
  Gcra rate(10.0, 1);
  MonoTime now = kStart;
  MonoTime last{};
  for (int i = 0; i < 1000; ++i) {
    now += milliseconds(i % 7);
    const MonoTime at = rate.takeAt(now);
    EXPECT_GE(at, now);
    if (i > 0) {
      EXPECT_GE(at - last, milliseconds(100));
    }
    last = at;
  }
}

TEST(Gcra, AskingTakesNothing) {
  Gcra rate(1.0, 1);
  EXPECT_EQ(rate.earliestAt(kStart), kStart);
  EXPECT_EQ(rate.earliestAt(kStart), kStart);
  EXPECT_EQ(rate.takeAt(kStart), kStart);
  EXPECT_EQ(rate.earliestAt(kStart), kStart + seconds(1));
}

}  // namespace
}  // namespace mtpool::limits
