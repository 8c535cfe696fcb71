// SPDX-License-Identifier: Apache-2.0
// Stores and accounts of a pool, without a data centre.
#pragma once

#include <memory>
#include <string>

#include "engine/pool/account_book.h"
#include "engine/store/state_store.h"
#include "tests/store/store_fixture.h"

namespace mtpool::pool {

class AccountsTest : public store::StoreTest {
 protected:
  void SetUp() override {
    store::StoreTest::SetUp();
    open();
    store::StateStoreOptions options;
    options.directory = directory_ / "state";
    options.random = &random_;
    options.clock = &settable_;
    auto state = store::StateStore::open(std::move(options));
    ASSERT_TRUE(state.ok()) << state.error().text();
    state_ = std::move(*state);
    book_ = std::make_unique<AccountBook>(*state_, settable_);
  }

  Slot& add(const std::string& alias, std::int64_t user) {
    model::Account account;
    account.alias = alias;
    account.state = model::AccountState::Ready;
    account.telegramId = ++lastId_;
    account.user = model::UserId(user);
    account.homeDc = 2;
    model::AccountKeys keys;
    auto added = store::finish(book_->add(std::move(account), std::move(keys)));
    EXPECT_TRUE(added.ok()) << (added.ok() ? "" : added.error().text());
    return **added;
  }

  SeededRandom random_{1};
  ManualClock settable_{WallTime(std::chrono::seconds(1'700'000'000))};
  std::unique_ptr<store::StateStore> state_;
  std::unique_ptr<AccountBook> book_;
  std::int64_t lastId_ = 0;
};

}  // namespace mtpool::pool
