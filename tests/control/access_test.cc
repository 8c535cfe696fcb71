// SPDX-License-Identifier: Apache-2.0
#include "engine/control/access.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/control/dispatch.h"

namespace mtpool::control {
namespace {

constexpr AccessRules kRules{.self = 900, .admins = 1001, .operators = 1002, .viewers = 1003};

net::PeerCredentials somebody(uid_t uid, gid_t gid, std::vector<gid_t> groups = {}) {
  return {uid, gid, std::move(groups), 1};
}

TEST(AccessRules, TheEnginesOwnUserAndRootAreAdmins) {
  EXPECT_EQ(*kRules.roleOf(somebody(900, 900)), admin::Role::Admin);
  EXPECT_EQ(*kRules.roleOf(somebody(0, 0)), admin::Role::Admin);
}

TEST(AccessRules, AGroupGivesItsRoleAsMainOrFurtherGroup) {
  EXPECT_EQ(*kRules.roleOf(somebody(5, 1001)), admin::Role::Admin);
  EXPECT_EQ(*kRules.roleOf(somebody(5, 5, {7, 1002})), admin::Role::Operator);
  EXPECT_EQ(*kRules.roleOf(somebody(5, 5, {1003})), admin::Role::Viewer);
}

TEST(AccessRules, TheHighestGroupCounts) {
  EXPECT_EQ(*kRules.roleOf(somebody(5, 1003, {1002, 1001})), admin::Role::Admin);
}

TEST(AccessRules, OthersAreRefusedWithTheWayIn) {
  const auto refused = kRules.roleOf(somebody(65534, 65534, {4, 20}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Refused);
  EXPECT_NE(refused.error().text().find("group mtpool"), std::string::npos);
}

TEST(AccessRules, AGroupTheMachineDoesNotHaveFitsNobody) {
  constexpr AccessRules kBare{.self = 900, .admins = {}, .operators = {}, .viewers = {}};
  EXPECT_FALSE(kBare.roleOf(somebody(5, 0, {0, 1001, 1002, 1003})).ok());
}

// The rule of the contract, spelled out apart from the table it checks.
TEST(Roles, OnlyAnAdminChangesSettingsOrErasesAndAViewerOnlyReads) {
  using Body = v1::Envelope;
  const std::vector<Body::BodyCase> reads{Body::kGetStatus,   Body::kListAccounts, Body::kGetAccount,
                                          Body::kListTargets, Body::kListSessions, Body::kListSettings};
  for (const Operation& operation : allOperations()) {
    const bool isRead = std::ranges::find(reads, operation.request) != reads.end();
    const bool isConfiguration = operation.request == Body::kSetSettings;
    EXPECT_EQ(checkRole(operation, admin::Role::Viewer).ok(), isRead) << operation.does;
    const bool isErasure = operation.request == Body::kRemoveTarget && operation.when != nullptr;
    EXPECT_EQ(checkRole(operation, admin::Role::Operator).ok(), !isConfiguration && !isErasure)
        << operation.does;
    EXPECT_TRUE(checkRole(operation, admin::Role::Admin).ok()) << operation.does;
  }
}

TEST(Roles, EveryRequestOfTheProtocolIsOnTheListOnce) {
  using Body = v1::Envelope;
  // Not requests of the list: greetings, answers, and what a peer serves itself.
  const std::vector<int> others{
      Body::kHello,        Body::kWelcome,       Body::kFailure,       Body::kDone,
      Body::kSubscribe,    Body::kUnsubscribe,   Body::kItem,          Body::kStatusReply,
      Body::kLoginReply,   Body::kAccountsReply, Body::kAccountReply,  Body::kTargetsReply,
      Body::kCollectReply, Body::kSessionsReply, Body::kSettingsReply, Body::kSetSettingsReply};
  const auto* type = Body::descriptor();
  const auto* bodies = type->FindOneofByName("body");
  for (int i = 0; i < bodies->field_count(); ++i) {
    const int number = bodies->field(i)->number();
    const auto found = std::ranges::count_if(
        allOperations(), [&](const Operation& o) { return o.request == number && o.when == nullptr; });
    const bool isOther = std::ranges::find(others, number) != others.end();
    EXPECT_EQ(found, isOther ? 0 : 1) << bodies->field(i)->name();
  }
}

}  // namespace
}  // namespace mtpool::control
