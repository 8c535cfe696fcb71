// SPDX-License-Identifier: Apache-2.0
#include "engine/base/check.h"

#include <gtest/gtest.h>

namespace mtpool {
namespace {

TEST(CheckDeathTest, NamesTheBrokenInvariantAndStops) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const int lanes = 3;
  EXPECT_DEATH(MTP_CHECK(lanes == 4), "broken invariant: lanes == 4 .*check_test\\.cc");
}

TEST(Check, EvaluatesItsConditionOnce) {
  int calls = 0;
  MTP_CHECK(++calls > 0);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace mtpool
