// SPDX-License-Identifier: Apache-2.0
#include "engine/client/reachability.h"

#include <gtest/gtest.h>

namespace mtpool::client {
namespace {

const WallTime kFirst{std::chrono::seconds(100)};
const WallTime kSecond{std::chrono::seconds(200)};

TEST(Reachability, TellsTheLatestReasonAndSinceWhen) {
  Reachability telegram;
  EXPECT_FALSE(telegram.trouble());
  telegram.failed("refused", kFirst);
  telegram.failed("no route", kSecond);
  ASSERT_TRUE(telegram.trouble());
  EXPECT_EQ(telegram.trouble()->why, "no route");
  EXPECT_EQ(telegram.trouble()->since, kFirst);
}

TEST(Reachability, IsThereWhileOneConnectionStands) {
  Reachability telegram;
  telegram.opened();
  telegram.failed("refused", kFirst);
  EXPECT_FALSE(telegram.trouble());
  telegram.closed();
  EXPECT_FALSE(telegram.trouble());
  telegram.failed("refused", kSecond);
  EXPECT_EQ(telegram.trouble()->since, kSecond);
}

TEST(Reachability, TellsARefusalOfTheApplicationFromAWayThatIsClosed) {
  Reachability telegram;
  telegram.failed("no route", kFirst);
  telegram.refused("the application", kSecond);
  EXPECT_TRUE(telegram.trouble()->refused);
  EXPECT_EQ(telegram.trouble()->since, kSecond);
  telegram.opened();
  EXPECT_FALSE(telegram.trouble());
}

TEST(Reachability, IsThereWhenItAnswersEvenWithARefusal) {
  Reachability telegram;
  telegram.failed("refused", kFirst);
  telegram.answered();
  EXPECT_FALSE(telegram.trouble());
}

}  // namespace
}  // namespace mtpool::client
