// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/target_book.h"

#include "engine/base/utc.h"
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

TEST_F(TargetBookTest, RemembersThatARunningTargetWasAskedForAgain) {
  TargetEntry& entry = add("@running");
  EXPECT_FALSE(entry.askedAgain);
  entry.running = true;
  entry.bars[model::AccountId(1)] = {std::nullopt, "private"};
  EXPECT_EQ(&add("@running"), &entry);
  EXPECT_TRUE(entry.askedAgain);
  EXPECT_TRUE(entry.bars.empty());
  EXPECT_EQ(entry.target().state, model::TargetState::Running);
}

TEST_F(TargetBookTest, TellsTheNextTimeBesideTargetsThatAreDueAlready) {
  const WallTime now = clock_.wall();
  add("@due").target().nextDueAt = now;
  EXPECT_FALSE(book_->nextDue(now).has_value());
  add("@later").target().nextDueAt = now + std::chrono::seconds(10);
  EXPECT_EQ(book_->nextDue(now), now + std::chrono::seconds(10));
}

TEST_F(TargetBookTest, MakesDueWhatDoesNotRunAndSitsOutThePauseAfterAnError) {
  const WallTime now = clock_.wall();
  TargetEntry& failed = add("@failed");
  failed.target().state = model::TargetState::Failed;
  failed.bars[model::AccountId(1)] = {std::nullopt, "private"};
  TargetEntry& resting = add("@resting");
  resting.target().state = model::TargetState::Waiting;
  resting.target().why = "the database is full";
  resting.retryAt = now + std::chrono::seconds(30);
  TargetEntry& running = add("@running");
  running.running = true;
  running.target().state = model::TargetState::Running;
  ASSERT_TRUE(store::finish(book_->makeDue(book_->all(), now)).ok());
  EXPECT_EQ(failed.target().state, model::TargetState::Due);
  EXPECT_EQ(failed.target().nextDueAt, now);
  EXPECT_TRUE(failed.bars.empty());
  EXPECT_EQ(resting.target().nextDueAt, now + std::chrono::seconds(30));
  EXPECT_EQ(resting.target().why,
            "the database is full; tried again at " + utcText(now + std::chrono::seconds(30)));
  EXPECT_EQ(running.target().state, model::TargetState::Running);
}

TEST_F(TargetBookTest, MakesDueAlsoWhenATargetIsRemovedMeanwhile) {
  add("@stays").target().state = model::TargetState::Complete;
  TargetEntry& goes = add("@goes");
  goes.target().state = model::TargetState::Complete;
  std::vector<Task<Result<void>>> both;
  both.push_back(book_->remove(goes, false));
  both.push_back(book_->makeDue(book_->all(), clock_.wall()));
  for (const auto& done : store::finishAll(std::move(both))) {
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().text());
  }
  EXPECT_EQ(book_->find("@stays")->target().state, model::TargetState::Due);
  EXPECT_EQ(book_->find("@goes"), nullptr);
}

}  // namespace
}  // namespace mtpool::collect
