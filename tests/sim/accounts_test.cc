// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/accounts.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

TEST(Accounts, AreTheSameForTheSamePhone) {
  Accounts accounts({2, 4});
  const Account* first = accounts.ofPhone("79990010001");
  EXPECT_EQ(accounts.ofPhone("79990010001"), first);
  EXPECT_NE(accounts.ofPhone("79990010002"), first);
  EXPECT_GT(first->id, 6'000'000'000);
  EXPECT_EQ(accounts.find(first->id), first);
  EXPECT_FALSE(first->hasPassword);
  EXPECT_TRUE(accounts.ofPhone("79990010000")->hasPassword);
}

TEST(Accounts, ReadPhonesAsPeopleWriteThem) {
  EXPECT_EQ(Accounts::digitsOf("+7 (999) 001-00-01"), "79990010001");
  for (const char* wrong : {"", "+", "123", "phone", "79990010001x", "1234567890123456"}) {
    EXPECT_FALSE(Accounts::digitsOf(wrong)) << wrong;
  }
}

TEST(Accounts, LiveWhereTheTestNumberSays) {
  const Accounts accounts({1, 2, 4});
  EXPECT_EQ(accounts.homeDc("9996641234"), 4);
  EXPECT_EQ(accounts.homeDc("9996621234"), 2);
  const int elsewhere = accounts.homeDc("9996631234");  // there is no DC 3
  EXPECT_TRUE(elsewhere == 1 || elsewhere == 2 || elsewhere == 4);
}

TEST(Accounts, KnowBotsByTheirTokens) {
  Accounts accounts({2});
  const Account* bot = accounts.ofBotToken("110201543:any text");
  ASSERT_NE(bot, nullptr);
  EXPECT_TRUE(bot->bot);
  EXPECT_EQ(bot->id, 110201543);
  for (const char* wrong : {"", ":", "12", "12:", "x:y", "-1:y", "0:y"}) {
    EXPECT_EQ(accounts.ofBotToken(wrong), nullptr) << wrong;
  }
}

}  // namespace
}  // namespace mtpool::sim
