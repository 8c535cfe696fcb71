// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/pool.h"

#include "engine/client/dc_directory.h"
#include "tests/pool/pool_fixture.h"

namespace mtpool::pool {
namespace {

using std::chrono::hours;

const model::UserId kAnyone{0};
const model::UserId kAnna{1};
const model::UserId kBoris{2};

/// Leases without connections: who may collect what, and what the others are told.
class PoolTest : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    settings_.poolEnabled = true;
    pool_ = std::make_unique<Pool>(context_, io_.get_executor(), *book_, *store_, probe_, settings_);
  }

  void configure(bool poolEnabled) {
    settings_.poolEnabled = poolEnabled;
    pool_->configure(settings_);
  }

  void wait(const Slot& slot, const std::string& scope, hours time) {
    model::Wait wait;
    wait.account = slot.account.id;
    wait.scope = scope;
    wait.until = clock_.wall() + time;
    wait.reason = "told to wait for " + scope;
    ASSERT_TRUE(store::finish(book_->recordWait(wait)).ok());
  }

  static Want wantOf(model::UserId user, bool resolves = false, const Bars* bars = nullptr) {
    return {user, resolves, bars};
  }

  /// The alias of the account that was leased, or the name of the refusal.
  std::string acquire(const Want& want) {
    auto lease = pool_->tryAcquire(want);
    if (!lease.ok()) {
      return std::string(name(lease.error().code()));
    }
    leases_.push_back(std::move(*lease));
    return leases_.back()->session().account;
  }

  boost::asio::io_context io_;
  telemetry::Registry registry_;
  client::Probe clientProbe_{registry_};
  Probe probe_{registry_};
  async::BlockingThread crypto_{"crypto"};
  client::DcDirectory directory2_ = client::DcDirectory::parse("2=127.0.0.1:1").value();
  client::ClientContext context_{clock_, random_, crypto_, directory2_, {}, false, {}, 20, {}, clientProbe_};
  PoolSettings settings_;
  std::unique_ptr<Pool> pool_;
  std::vector<std::unique_ptr<Lease>> leases_;
};

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
  bars[add("anna", 1).account.id] = {clock_.wall() - std::chrono::seconds(1), "waited"};
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

TEST_F(PoolTest, LeavesAReservedAccountAlone) {
  add("anna", 1);
  ASSERT_TRUE(book_->reserve("anna").ok());
  EXPECT_EQ(acquire(wantOf(kAnyone)), "busy");
  book_->unreserve(*book_->find("anna"));
  EXPECT_EQ(acquire(wantOf(kAnyone)), "anna");
}

}  // namespace
}  // namespace mtpool::pool
