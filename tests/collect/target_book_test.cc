// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/target_book.h"

#include "tests/store/store_fixture.h"

namespace mtpool::collect {
namespace {

using store::kChat;

class TargetBookTest : public store::StoreTest {
 protected:
  void SetUp() override {
    store::StoreTest::SetUp();
    open();
    book_ = std::make_unique<TargetBook>(*store_);
  }

  TargetEntry& add(const std::string& spec, model::UserId user = {}) {
    model::Target target;
    target.spec = spec;
    target.user = user;
    std::vector<model::Target> targets{target};
    auto added = store::finish(book_->add(std::move(targets)));
    EXPECT_TRUE(added.ok()) << added.error().text();
    return *added->front();
  }

  /// A target of kChat with a page stored.
  TargetEntry& addRead(const std::string& spec, model::UserId user = {}) {
    TargetEntry& entry = add(spec, user);
    EXPECT_TRUE(store::finish(book_->bind(entry, kChat)).ok());
    entry.record.cursor = commit(store::commitOf(entry.target().id, {}, 1, 100)).cursor;
    return entry;
  }

  std::unique_ptr<TargetBook> book_;
};

TEST_F(TargetBookTest, ForgetsHowFarItWasWhenANameMovesToAnotherChat) {
  TargetEntry& entry = addRead("@moved");
  ASSERT_TRUE(store::finish(book_->bind(entry, model::ChatId::ofChannel(78))).ok());
  EXPECT_EQ(entry.record.cursor, model::Cursor());
  EXPECT_EQ(entry.target().chat, model::ChatId::ofChannel(78));
}

TEST_F(TargetBookTest, KeepsTheCursorOfANameThatStays) {
  TargetEntry& entry = addRead("@stays");
  ASSERT_TRUE(store::finish(book_->bind(entry, kChat)).ok());
  EXPECT_EQ(entry.record.cursor.stored, 100);
}

TEST_F(TargetBookTest, BeginsTheSiblingsOfAPurgedTargetAnew) {
  TargetEntry& purged = addRead("@shared", model::UserId(1));
  TargetEntry& sibling = addRead("@shared", model::UserId(2));
  ASSERT_TRUE(store::finish(book_->remove(purged, true)).ok());
  EXPECT_EQ(sibling.record.cursor, model::Cursor());
  EXPECT_EQ(commit(store::commitOf(sibling.target().id, sibling.record.cursor, 1, 100)).inserted, 100);
}

TEST_F(TargetBookTest, TakesTheCursorOfTheStoreAgain) {
  TargetEntry& entry = addRead("@behind");
  const auto stored = entry.record.cursor;
  entry.record.cursor = {};
  ASSERT_TRUE(store::finish(book_->reload(entry)).ok());
  EXPECT_EQ(entry.record.cursor, stored);
}

}  // namespace
}  // namespace mtpool::collect
