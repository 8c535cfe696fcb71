// SPDX-License-Identifier: Apache-2.0
#include "engine/control/refusals.h"

#include <gtest/gtest.h>

namespace mtpool::control {
namespace {

using std::chrono::seconds;

TEST(Refusals, AreSaidOnceAMinuteWithTheirNumber) {
  Refusals refusals;
  const MonoTime begin{};
  EXPECT_EQ(refusals.note(5, begin), 1U);
  EXPECT_FALSE(refusals.note(5, begin + seconds(1)));
  EXPECT_FALSE(refusals.note(5, begin + seconds(59)));
  EXPECT_EQ(refusals.note(6, begin + seconds(59)), 1U) << "another user has a line of his own";
  EXPECT_EQ(refusals.note(5, begin + seconds(60)), 3U);
}

TEST(Refusals, OfCountlessUsersStayWithinBounds) {
  Refusals refusals;
  const MonoTime begin{};
  std::size_t lines = 0;
  for (uid_t user = 0; user < 1000; ++user) {
    lines += refusals.note(user, begin).has_value() ? 1 : 0;
  }
  EXPECT_EQ(lines, Refusals::kMaxUsers);
  EXPECT_EQ(refusals.note(5000, begin + Refusals::kBetweenLines), 1U);
}

}  // namespace
}  // namespace mtpool::control
