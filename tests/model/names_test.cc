// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/model/account.h"
#include "engine/model/session.h"
#include "engine/model/target.h"

namespace mtpool::model {
namespace {

TEST(Names, FollowTheOrderOfTheirLists) {
  EXPECT_EQ(name(AccountKind::Bot), "bot");
  EXPECT_EQ(name(AccountState::Quarantined), "quarantined");
  EXPECT_EQ(name(TargetState::Failed), "failed");
  EXPECT_EQ(name(SessionState::Closing), "closing");
  EXPECT_EQ(name(RunOutcome::Complete), "complete");
  EXPECT_EQ(name(RunOutcome::Failed), "failed");
  EXPECT_EQ(name(RunOutcome::Killed), "killed");
}

TEST(HistoryDepth, ReadsAllOrAPositiveNumberAndWritesItBack) {
  EXPECT_EQ(HistoryDepth::parse("all")->text(), "all");
  EXPECT_EQ(HistoryDepth::parse("500")->text(), "500");
  EXPECT_FALSE(HistoryDepth::parse("0"));
  EXPECT_FALSE(HistoryDepth::parse("-1"));
  EXPECT_FALSE(HistoryDepth::parse("some"));
}

}  // namespace
}  // namespace mtpool::model
