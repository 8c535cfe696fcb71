// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/pool.h"

#include "tests/pool/leases_fixture.h"

namespace mtpool::pool {
namespace {

using std::chrono::hours;

const model::UserId kAnyone{0};
const model::UserId kAnna{1};
const model::UserId kBoris{2};

using PoolTest = LeasesTest;

TEST_F(PoolTest, LeasesAccountsOfTheUserUntilNoneIsLeft) {
  add("anna", 1);
  add("boris", 2);
  EXPECT_EQ(acquire(wantOf(kBoris)), "boris");
  EXPECT_EQ(acquire(wantOf(kBoris)), "busy");
  EXPECT_EQ(acquire(wantOf(kAnyone)), "anna");
}

TEST_F(PoolTest, KeepsAnAccountBackThatWaitsForWhatTheTargetNeeds) {
  Slot& anna = add("anna", 1);
  wait(anna, std::string(kResolveMethod), hours(24));
  EXPECT_EQ(acquire(wantOf(kAnyone, true)), "flood_wait");
  EXPECT_EQ(acquire(wantOf(kAnyone, false)), "anna");
}

TEST_F(PoolTest, KeepsAnAccountBackThatWaitsForEverything) {
  wait(add("anna", 1), "*", hours(1));
  const auto refused = pool_->tryAcquire(wantOf(kAnyone));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::FloodWait);
  EXPECT_NE(refused.error().text().find("told to wait for *"), std::string::npos) << refused.error().text();
}

TEST_F(PoolTest, PassesOverAccountsOfAUserAtTheLimit) {
  add("anna", 1);
  add("anna_too", 1);
  add("boris", 2);
  EXPECT_EQ(acquire(wantOf(kAnna)), "anna");
  EXPECT_EQ(acquire(wantOf(kAnyone)), "boris");
  EXPECT_EQ(acquire(wantOf(kAnyone)), "busy");
}

TEST_F(PoolTest, TellsTheSoonestEndOfAllWaits) {
  wait(add("anna", 1), std::string(kHistoryMethod), hours(1));
  wait(add("boris", 2), std::string(kHistoryMethod), hours(9));
  const auto refused = pool_->tryAcquire(wantOf(kAnyone));
  ASSERT_FALSE(refused.ok());
  EXPECT_LE(refused.error().retryAfter(), std::chrono::seconds(hours(1)));
}

TEST_F(PoolTest, LeavesATargetToAccountsThatAreNotBarredFromIt) {
  Bars bars;
  bars[add("anna", 1).account.id] = {std::nullopt, "the channel is private"};
  EXPECT_FALSE(pool_->anyLeft(wantOf(kAnyone, false, &bars)));
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "rpc_forbidden");
  add("boris", 2);
  EXPECT_TRUE(pool_->anyLeft(wantOf(kAnyone, false, &bars)));
  EXPECT_FALSE(pool_->anyLeft(wantOf(kAnna, false, &bars)));
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "boris");
}

TEST_F(PoolTest, ForgetsABarWhenItsTimeHasCome) {
  Bars bars;
  bars[add("anna", 1).account.id] = {settable_.mono() - std::chrono::seconds(1), "waited"};
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "anna");
}

TEST_F(PoolTest, LetsOnlyTheFirstAccountCollectUnlessThePoolIsSwitchedOn) {
  configure(false);
  add("anna", 1);
  add("boris", 2);
  const auto refused = pool_->tryAcquire(wantOf(kBoris));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Busy);
  EXPECT_NE(refused.error().text().find("MTPROTO_POOL_ENABLED"), std::string::npos) << refused.error().text();
  EXPECT_EQ(acquire(wantOf(kAnyone)), "anna");
  EXPECT_EQ(acquire(wantOf(kAnyone)), "busy");
}

TEST_F(PoolTest, LetsNobodyBesideASessionThatBeganWithThePoolOn) {
  add("anna", 1);
  add("boris", 2);
  EXPECT_EQ(acquire(wantOf(kBoris)), "boris");
  configure(false);
  EXPECT_EQ(acquire(wantOf(kAnna)), "busy");
}

TEST_F(PoolTest, LeavesAnAccountAloneWhileItRests) {
  Slot& anna = add("anna", 1);
  anna.rest = Rest{settable_.mono() + hours(1), hours(1), "its key was refused"};
  EXPECT_NE(pool_->tryAcquire(wantOf(kAnyone)).error().text().find("its key was refused"), std::string::npos);
  ASSERT_TRUE(store::finish(book_->renew(anna, anna.account, model::AccountKeys())).ok());
  EXPECT_EQ(acquire(wantOf(kAnyone)), "anna");
}

TEST_F(PoolTest, Flt13AWallClockThatIsSetEndsNoWaitAndStallsNobody) {
  Slot& anna = add("anna", 1);
  Slot& boris = add("boris", 2);
  Slot& clara = add("clara", 3);
  wait(anna, "*", hours(1));
  boris.rest = Rest{settable_.mono() + hours(1), hours(1), "its key was refused"};
  Bars bars;
  bars[clara.account.id] = {settable_.mono() + hours(1), "told to wait for this target"};
  for (const hours jump : {hours(2), hours(-24)}) {
    settable_.setWall(settable_.wall() + jump);
    const auto refused = pool_->check(wantOf(kAnyone, false, &bars));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().retryAfter(), std::chrono::seconds(hours(1)));
  }
  settable_.advance(hours(1));
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "anna");
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "boris");
  EXPECT_EQ(acquire(wantOf(kAnyone, false, &bars)), "clara");
}

TEST_F(PoolTest, NamesWhatKeepsAnAccountOut) {
  Slot& anna = add("anna", 1);
  Slot& boris = add("boris", 2);
  EXPECT_FALSE(pool_->keptOut(anna));
  configure(false);
  EXPECT_FALSE(pool_->keptOut(anna));
  EXPECT_NE(
      pool_->keptOut(boris)->find("only account anna collects: mtpoolctl config set MTPROTO_POOL_ENABLED"),
      std::string::npos);
  settings_.accounts = {"boris"};
  configure(true);
  EXPECT_NE(pool_->keptOut(anna)->find("MTPROTO_ACCOUNTS"), std::string::npos);
  EXPECT_FALSE(pool_->keptOut(boris));
  settings_.enabled = false;
  configure(true);
  EXPECT_NE(pool_->keptOut(boris)->find("MTPROTO_ENABLED"), std::string::npos);
}

TEST_F(PoolTest, LeavesAReservedAccountAlone) {
  add("anna", 1);
  ASSERT_TRUE(book_->reserve("anna").ok());
  EXPECT_EQ(acquire(wantOf(kAnyone)), "busy");
  book_->unreserve(*book_->find("anna"));
  EXPECT_EQ(acquire(wantOf(kAnyone)), "anna");
}

}  // namespace
}  // namespace mtpool::pool
