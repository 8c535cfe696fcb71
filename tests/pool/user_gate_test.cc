// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/user_gate.h"

#include <gtest/gtest.h>

namespace mtpool::pool {
namespace {

const model::UserId kAnna{1};
const model::UserId kBoris{2};

TEST(UserGate, CountsDistinctUsersAgainstTheCapAndAccountsAgainstTheUser) {
  UserGate gate;
  gate.configure(1, 2);
  EXPECT_TRUE(gate.enter(kAnna).ok());
  EXPECT_TRUE(gate.enter(kAnna).ok());
  EXPECT_EQ(gate.activeUsers(), 1);
  EXPECT_EQ(gate.sessions(), 2);
  EXPECT_FALSE(gate.enter(kAnna).ok());
  EXPECT_FALSE(gate.enter(kBoris).ok());
}

TEST(UserGate, ARefusalNamesTheSettingAtFault) {
  UserGate gate;
  gate.configure(1, 1);
  ASSERT_TRUE(gate.enter(kAnna).ok());
  EXPECT_NE(gate.enter(kBoris).error().text().find("MTPROTO_MAX_CONCURRENT_USERS"), std::string::npos);
  EXPECT_NE(gate.enter(kAnna).error().text().find("MTPROTO_MAX_CONNECTIONS_PER_USER"), std::string::npos);
  EXPECT_EQ(gate.enter(kBoris).error().code(), Errc::Busy);
}

TEST(UserGate, AUserIsOutOnlyWithTheLastSession) {
  UserGate gate;
  gate.configure(1, 2);
  ASSERT_TRUE(gate.enter(kAnna).ok());
  ASSERT_TRUE(gate.enter(kAnna).ok());
  gate.leave(kAnna);
  EXPECT_FALSE(gate.enter(kBoris).ok());
  gate.leave(kAnna);
  EXPECT_TRUE(gate.enter(kBoris).ok());
}

TEST(UserGate, LoweringTheCapEndsNobodyAndLetsNobodyIn) {
  UserGate gate;
  gate.configure(2, 1);
  ASSERT_TRUE(gate.enter(kAnna).ok());
  ASSERT_TRUE(gate.enter(kBoris).ok());
  gate.configure(1, 1);
  EXPECT_EQ(gate.activeUsers(), 2);
  gate.leave(kAnna);
  EXPECT_FALSE(gate.enter(kAnna).ok());
  gate.leave(kBoris);
  EXPECT_TRUE(gate.enter(kAnna).ok());
}

}  // namespace
}  // namespace mtpool::pool
