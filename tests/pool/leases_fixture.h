// SPDX-License-Identifier: Apache-2.0
// A pool over stores and accounts whose leases have no connection.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/client/dc_directory.h"
#include "engine/pool/pool.h"
#include "tests/pool/pool_fixture.h"

namespace mtpool::pool {

/// Leases without connections: who may collect what, and what the others are told.
class LeasesTest : public AccountsTest {
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

  void wait(const Slot& slot, const std::string& scope, std::chrono::hours time) {
    ToldWait wait;
    wait.account = slot.account.id;
    wait.scope = scope;
    wait.length = time;
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
  client::ClientContext context_{settable_, random_, crypto_, directory2_, {},
                                 false,     {},      20,      {},          clientProbe_};
  PoolSettings settings_;
  std::unique_ptr<Pool> pool_;
  std::vector<std::unique_ptr<Lease>> leases_;
};

}  // namespace mtpool::pool
