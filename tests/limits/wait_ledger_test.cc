// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/wait_ledger.h"

#include <gtest/gtest.h>

namespace mtpool::limits {
namespace {

using std::chrono::seconds;

const MonoTime kNow{seconds(1'000)};
const model::AccountId kOne{1};
const model::AccountId kTwo{2};

class WaitLedgerTest : public testing::Test {
 protected:
  // The wall time in a wait says nothing to the ledger.
  void record(model::AccountId account, const std::string& scope, seconds length, const std::string& reason) {
    ledger_.record({account, scope, WallTime{}, reason}, kNow + length);
  }

  WaitLedger ledger_;
};

TEST_F(WaitLedgerTest, NeverShortensAWait) {
  record(kOne, "messages.getHistory", seconds(60), "FLOOD_WAIT_60");
  record(kOne, "messages.getHistory", seconds(5), "FLOOD_WAIT_5");
  EXPECT_EQ(ledger_.find(kOne, "messages.getHistory", kNow)->until, kNow + seconds(60));
}

TEST_F(WaitLedgerTest, HoldsOneMethodOfOneAccountOnly) {
  record(kOne, "contacts.resolveUsername", seconds(60), "FLOOD_WAIT_60");
  EXPECT_NE(ledger_.find(kOne, "contacts.resolveUsername", kNow), nullptr);
  EXPECT_EQ(ledger_.find(kOne, "messages.getHistory", kNow), nullptr);
  EXPECT_EQ(ledger_.find(kTwo, "contacts.resolveUsername", kNow), nullptr);
}

TEST_F(WaitLedgerTest, AnAccountWideWaitHoldsEveryMethod) {
  record(kOne, "*", seconds(60), "limited");
  EXPECT_NE(ledger_.find(kOne, "messages.getHistory", kNow), nullptr);
}

TEST_F(WaitLedgerTest, EndsExactlyAtItsEnd) {
  record(kOne, "m", seconds(60), "w");
  EXPECT_NE(ledger_.find(kOne, "m", kNow + seconds(59)), nullptr);
  EXPECT_EQ(ledger_.find(kOne, "m", kNow + seconds(60)), nullptr);
  ledger_.forgetEnded(kNow + seconds(60));
  EXPECT_TRUE(ledger_.running(kNow).empty());
}

TEST_F(WaitLedgerTest, ListsRunningWaitsSoonestFirst) {
  record(kOne, "a", seconds(90), "late");
  record(kTwo, "b", seconds(10), "soon");
  const auto running = ledger_.running(kNow);
  ASSERT_EQ(running.size(), 2U);
  EXPECT_EQ(running[0].wait.reason, "soon");
  EXPECT_EQ(ledger_.latest(kOne, kNow)->wait.reason, "late");
}

}  // namespace
}  // namespace mtpool::limits
