// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/wait_ledger.h"

#include <gtest/gtest.h>

namespace mtpool::limits {
namespace {

using std::chrono::seconds;

const WallTime kNow{seconds(1'700'000'000)};
const model::AccountId kOne{1};
const model::AccountId kTwo{2};

TEST(WaitLedger, NeverShortensAWait) {
  WaitLedger ledger;
  ledger.record({kOne, "messages.getHistory", kNow + seconds(60), "FLOOD_WAIT_60"});
  ledger.record({kOne, "messages.getHistory", kNow + seconds(5), "FLOOD_WAIT_5"});
  EXPECT_EQ(ledger.find(kOne, "messages.getHistory", kNow)->until, kNow + seconds(60));
}

TEST(WaitLedger, HoldsOneMethodOfOneAccountOnly) {
  WaitLedger ledger;
  ledger.record({kOne, "contacts.resolveUsername", kNow + seconds(60), "FLOOD_WAIT_60"});
  EXPECT_NE(ledger.find(kOne, "contacts.resolveUsername", kNow), nullptr);
  EXPECT_EQ(ledger.find(kOne, "messages.getHistory", kNow), nullptr);
  EXPECT_EQ(ledger.find(kTwo, "contacts.resolveUsername", kNow), nullptr);
}

TEST(WaitLedger, AnAccountWideWaitHoldsEveryMethod) {
  WaitLedger ledger;
  ledger.record({kOne, "*", kNow + seconds(60), "limited"});
  EXPECT_NE(ledger.find(kOne, "messages.getHistory", kNow), nullptr);
}

TEST(WaitLedger, EndsExactlyAtItsEnd) {
  WaitLedger ledger;
  ledger.record({kOne, "m", kNow + seconds(60), "w"});
  EXPECT_NE(ledger.find(kOne, "m", kNow + seconds(59)), nullptr);
  EXPECT_EQ(ledger.find(kOne, "m", kNow + seconds(60)), nullptr);
  ledger.forgetEnded(kNow + seconds(60));
  EXPECT_TRUE(ledger.running(kNow).empty());
}

TEST(WaitLedger, ListsRunningWaitsSoonestFirst) {
  WaitLedger ledger;
  ledger.record({kOne, "a", kNow + seconds(90), "late"});
  ledger.record({kTwo, "b", kNow + seconds(10), "soon"});
  const auto running = ledger.running(kNow);
  ASSERT_EQ(running.size(), 2U);
  EXPECT_EQ(running[0].reason, "soon");
  EXPECT_EQ(ledger.latest(kOne, kNow)->reason, "late");
}

}  // namespace
}  // namespace mtpool::limits
