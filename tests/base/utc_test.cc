// SPDX-License-Identifier: Apache-2.0
#include "engine/base/utc.h"

#include <gtest/gtest.h>

namespace mtpool {
namespace {

TEST(Utc, WritesAMomentToTheSecond) {
  EXPECT_EQ(utcText(WallTime(std::chrono::microseconds(0))), "1970-01-01 00:00:00 UTC");
  EXPECT_EQ(utcText(WallTime(std::chrono::microseconds(1'700'000'009'999'999))), "2023-11-14 22:13:29 UTC");
}

}  // namespace
}  // namespace mtpool
