// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/account_book.h"

#include "tests/pool/pool_fixture.h"

namespace mtpool::pool {
namespace {

using std::chrono::hours;

using AccountBookTest = AccountsTest;

ToldWait wholeWait(const Slot& slot, hours length) {
  ToldWait wait;
  wait.account = slot.account.id;
  wait.scope = "*";
  wait.length = length;
  return wait;
}

TEST_F(AccountBookTest, KeepsAnAccountFromSessionsWhileItIsRemoved) {
  Slot& slot = add("anna", 1);
  ASSERT_TRUE(book_->reserve("anna").ok());
  EXPECT_TRUE(slot.leased);
  EXPECT_EQ(book_->reserve("anna").error().code(), Errc::Busy);
  ASSERT_TRUE(store::finish(book_->remove(slot)).ok());
  EXPECT_EQ(book_->find("anna"), nullptr);
}

TEST_F(AccountBookTest, GivesAnAccountBackThatCouldNotBeRemoved) {
  Slot& slot = add("anna", 1);
  ASSERT_TRUE(book_->reserve("anna").ok());
  state_->close();
  EXPECT_FALSE(store::finish(book_->remove(slot)).ok());
  EXPECT_EQ(book_->find("anna"), &slot);
  EXPECT_FALSE(slot.leased);
}

TEST_F(AccountBookTest, KeepsAnAccountFromSessionsWhileItIsRenewed) {
  Slot& slot = add("anna", 1);
  const auto look = [](AccountBook* book) -> Task<Result<void>> {
    EXPECT_EQ(book->reserve("anna").error().code(), Errc::Busy);
    co_return Result<void>();
  };
  std::vector<Task<Result<void>>> both;
  both.push_back(book_->renew(slot, slot.account, model::AccountKeys()));
  both.push_back(look(book_.get()));
  for (const auto& done : store::finishAll(std::move(both))) {
    EXPECT_TRUE(done.ok());
  }
  EXPECT_FALSE(slot.leased);
}

TEST_F(AccountBookTest, RemovesNothingThatCollects) {
  add("anna", 1).leased = true;
  EXPECT_EQ(book_->reserve("anna").error().code(), Errc::Busy);
  EXPECT_EQ(book_->reserve("boris").error().code(), Errc::NotFound);
}

TEST_F(AccountBookTest, ObeysAWaitAlsoWhenItCannotBeStored) {
  Slot& slot = add("anna", 1);
  state_->close();
  EXPECT_FALSE(store::finish(book_->recordWait(wholeWait(slot, hours(1)))).ok());
  EXPECT_NE(book_->waits().find(slot.account.id, "messages.getHistory", settable_.mono()), nullptr);
}

TEST_F(AccountBookTest, TakesTheRestOfAWaitFromTheStore) {
  const Slot& slot = add("anna", 1);
  ASSERT_TRUE(store::finish(book_->recordWait(wholeWait(slot, hours(2)))).ok());
  settable_.advance(hours(1));
  AccountBook again(*state_, settable_);
  ASSERT_TRUE(store::finish(again.load()).ok());
  const auto* held = again.waits().latest(slot.account.id, settable_.mono());
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(held->until, settable_.mono() + hours(1));
}

TEST_F(AccountBookTest, Flt13BelievesNoStoredWaitLongerThanTelegramTellsAny) {
  const Slot& slot = add("anna", 1);
  ASSERT_TRUE(store::finish(book_->recordWait(wholeWait(slot, hours(2)))).ok());
  settable_.setWall(settable_.wall() - hours(24 * 365));
  AccountBook again(*state_, settable_);
  ASSERT_TRUE(store::finish(again.load()).ok());
  EXPECT_EQ(again.waits().find(slot.account.id, "m", settable_.mono() + hours(24 * 15)), nullptr);
}

TEST_F(AccountBookTest, RenewsKeysUnderTheSameIdAndName) {
  Slot& slot = add("anna", 1);
  const auto id = slot.account.id;
  model::Account again = slot.account;
  again.id = {};
  again.alias = "other";
  again.username = "anna_new";
  ASSERT_TRUE(store::finish(book_->renew(slot, std::move(again), model::AccountKeys())).ok());
  EXPECT_EQ(slot.account.id, id);
  EXPECT_EQ(slot.account.alias, "anna");
  EXPECT_EQ(slot.account.username, "anna_new");
  EXPECT_FALSE(slot.leased);
}

}  // namespace
}  // namespace mtpool::pool
