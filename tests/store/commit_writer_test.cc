// SPDX-License-Identifier: Apache-2.0
#include "engine/store/commit_writer.h"

#include <cstdio>

#include "engine/async/timer.h"
#include "engine/store/history_commit.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

class CommitWriterTest : public StoreTest {
 protected:
  static model::ChatId chatOf(std::size_t i) {
    return model::ChatId::ofChannel(1000 + static_cast<std::int64_t>(i));
  }

  void addTargets(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      targets_.push_back(addTarget("@t" + std::to_string(i), chatOf(i)));
    }
  }

  /// One session: `pages` pages of 100 from the top down, one after the other.
  static Task<Result<model::Cursor>> collect(MessageStore* store, model::TargetId target, model::ChatId chat,
                                             int pages) {
    model::Cursor cursor;
    for (int page = 0; page < pages; ++page) {
      const std::int64_t high = 100'000 - 100 * page;
      HistoryCommit commit = commitOf(target, cursor, high - 99, high, chat);
      MTP_CO_TRY(const CommitReceipt receipt, co_await store->commitHistory(std::move(commit)));
      cursor = receipt.cursor;
    }
    co_return cursor;
  }

  /// One page of every target at once.
  std::vector<Result<CommitReceipt>> commitOfEach() {
    std::vector<Task<Result<CommitReceipt>>> tasks;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      tasks.push_back(store_->commitHistory(commitOf(targets_[i], {}, 1, 100, chatOf(i))));
    }
    return finishAll(std::move(tasks));
  }

  /// Overwrites the first page of a table behind the store's back.
  void damage(const std::string& table) {
    Probe probe(path());
    const auto root = probe.number("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'");
    const auto size = probe.number("PRAGMA page_size");
    probe.run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::FILE* file = std::fopen(path().c_str(), "r+b");
    ASSERT_NE(file, nullptr);
    std::fseek(file, static_cast<long>((root - 1) * size), SEEK_SET);
    const std::string garbage(static_cast<std::size_t>(size), '\x5a');
    std::fwrite(garbage.data(), 1, garbage.size(), file);
    std::fclose(file);
    probe.run("CREATE TABLE other (a)");  // the store's cache is stale now: it reads the page again
  }

  std::vector<model::TargetId> targets_;
};

TEST_F(CommitWriterTest, GathersPagesOfManySessionsIntoFewTransactions) {
  open();
  addTargets(10);
  std::vector<Task<Result<model::Cursor>>> sessions;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    sessions.push_back(collect(store_.get(), targets_[i], chatOf(i), 20));
  }
  for (const auto& cursor : finishAll(std::move(sessions))) {
    ASSERT_TRUE(cursor.ok());
    EXPECT_EQ(cursor->stored, 2000);
  }
  const auto stats = store_->stats();
  EXPECT_EQ(stats.commits, 200);
  EXPECT_EQ(stats.inserted, 20'000);
  // 20 would be perfect; the first pages meet nobody who is expected yet.
  EXPECT_LE(stats.transactions, 40);
}

TEST_F(CommitWriterTest, WritesALoneSessionAtOnce) {
  options_.batchWait = std::chrono::hours(1);  // sitting it out would hang the test
  open();
  addTargets(1);
  EXPECT_EQ(finish(collect(store_.get(), targets_[0], chatOf(0), 10))->stored, 1000);
  EXPECT_EQ(store_->stats().transactions, 10);
}

TEST_F(CommitWriterTest, WaitsForASessionThatWasJustAnswered) {
  options_.batchWait = std::chrono::hours(1);  // only the other's page can end the wait
  open();
  addTargets(2);
  ASSERT_TRUE(finish(collect(store_.get(), targets_[0], chatOf(0), 1)).ok());
  std::vector<Task<Result<model::Cursor>>> sessions;
  const model::Cursor before = finish(store_->target(targets_[0]))->cursor;
  const auto goOn = [](MessageStore* store, model::TargetId target,
                       model::Cursor cursor) -> Task<Result<model::Cursor>> {
    // Time for a writer that does not wait to write the other's page alone.
    for (int i = 0; i < 50; ++i) {
      MTP_CO_TRY(const model::RunMetrics ignored, co_await store->runMetrics());
      (void)ignored;
    }
    HistoryCommit commit = commitOf(target, cursor, 1, 100, chatOf(0));
    MTP_CO_TRY(const CommitReceipt receipt, co_await store->commitHistory(std::move(commit)));
    co_return receipt.cursor;
  };
  sessions.push_back(collect(store_.get(), targets_[1], chatOf(1), 1));
  sessions.push_back(goOn(store_.get(), targets_[0], before));
  for (const auto& cursor : finishAll(std::move(sessions))) {
    EXPECT_TRUE(cursor.ok());
  }
  EXPECT_EQ(store_->stats().transactions, 2);
}

TEST_F(CommitWriterTest, WaitsNoLongerThanAllowedForOneWhoStaysAway) {
  open();
  addTargets(2);
  ASSERT_TRUE(finish(collect(store_.get(), targets_[0], chatOf(0), 1)).ok());
  EXPECT_TRUE(finish(collect(store_.get(), targets_[1], chatOf(1), 1)).ok());
  EXPECT_EQ(store_->stats().transactions, 2);
}

TEST_F(CommitWriterTest, ClosesABatchAtItsRows) {
  options_.batchRows = 300;
  open();
  addTargets(7);
  Probe locker(path());
  locker.run("BEGIN IMMEDIATE");
  std::vector<Task<Result<CommitReceipt>>> tasks;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    tasks.push_back(store_->commitHistory(commitOf(targets_[i], {}, 1, 100, chatOf(i))));
  }
  const auto unlock = [](Probe* probe) -> Task<Result<CommitReceipt>> {
    co_await async::yieldNow();
    probe->run("COMMIT");
    co_return CommitReceipt();
  };
  tasks.push_back(unlock(&locker));
  for (const auto& receipt : finishAll(std::move(tasks))) {
    EXPECT_TRUE(receipt.ok());
  }
  // The first page may have gone alone; of the rest no batch holds more than three.
  EXPECT_GE(store_->stats().transactions, 3);
}

TEST_F(CommitWriterTest, HoldsSessionsBackWhenTheQueueIsFull) {
  options_.queuePages = 4;
  open();
  addTargets(30);
  Probe locker(path());
  locker.run("BEGIN IMMEDIATE");
  std::vector<Task<Result<CommitReceipt>>> tasks;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    tasks.push_back(store_->commitHistory(commitOf(targets_[i], {}, 1, 100, chatOf(i))));
  }
  const auto unlock = [](Probe* probe) -> Task<Result<CommitReceipt>> {
    co_await async::yieldNow();
    probe->run("COMMIT");
    co_return CommitReceipt();
  };
  tasks.push_back(unlock(&locker));
  for (const auto& receipt : finishAll(std::move(tasks))) {
    EXPECT_TRUE(receipt.ok());
  }
  EXPECT_EQ(store_->stats().queuedPagesPeak, 4);
  EXPECT_EQ(store_->stats().commits, 30);
  EXPECT_EQ(store_->stats().queuedPages, 0);
  EXPECT_EQ(store_->stats().queuedBytes, 0);
}

TEST_F(CommitWriterTest, HoldsSessionsBackByBytesAndLetsALargePageInAlone) {
  options_.queueBytes = 1;
  open();
  addTargets(5);
  for (const auto& receipt : commitOfEach()) {
    EXPECT_TRUE(receipt.ok());
  }
  EXPECT_EQ(store_->stats().queuedPagesPeak, 1);
  EXPECT_EQ(store_->stats().commits, 5);
}

TEST_F(CommitWriterTest, SinksOnlyThePoisonedPageOfABatch) {
  open();
  addTargets(6);
  Probe probe(path());
  probe.run(
      "CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.chat_id = -1000000001003 AND NEW.message_id "
      "= 60"
      " BEGIN SELECT RAISE(ABORT, 'poison'); END");
  const auto receipts = commitOfEach();
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    EXPECT_EQ(receipts[i].ok(), i != 3) << i;
  }
  EXPECT_EQ(receipts[3].error().code(), Errc::Storage);
  EXPECT_EQ(probe.number("SELECT count(*) FROM messages"), 500);
  EXPECT_EQ(probe.number("SELECT count(*) FROM cursors"), 5);
}

TEST_F(CommitWriterTest, AnswersALockThatDoesNotEndAndGoesOnAfterwards) {
  options_.busyWait = std::chrono::milliseconds(1);
  open();
  addTargets(3);
  Probe locker(path());
  locker.run("BEGIN IMMEDIATE");
  for (const auto& receipt : commitOfEach()) {
    ASSERT_FALSE(receipt.ok());
    EXPECT_EQ(receipt.error().code(), Errc::StorageBusy);
  }
  EXPECT_FALSE(store_->stats().trouble.empty());
  EXPECT_FALSE(store_->stats().broken);
  locker.run("COMMIT");
  for (const auto& receipt : commitOfEach()) {
    EXPECT_TRUE(receipt.ok());
  }
  EXPECT_TRUE(store_->stats().trouble.empty());
}

TEST_F(CommitWriterTest, TellsTheTroubleOfTheDatabaseNotOfOneWhoAsks) {
  options_.busyWait = std::chrono::milliseconds(1);
  open();
  addTargets(1);
  EXPECT_EQ(finish(store_->bindTarget(model::TargetId(999), kChat)).error().code(), Errc::NotFound);
  EXPECT_EQ(store_->stats().trouble, "");
  Probe locker(path());
  locker.run("BEGIN IMMEDIATE");
  EXPECT_FALSE(finish(store_->startRun({})).ok());
  EXPECT_FALSE(store_->stats().trouble.empty());
  locker.run("COMMIT");
  EXPECT_TRUE(finish(store_->startRun({})).ok());
  EXPECT_EQ(store_->stats().trouble, "");
}

TEST_F(CommitWriterTest, WritesNothingMoreOnceTheFileIsDamaged) {
  open();
  addTargets(2);
  damage("cursors");
  for (const auto& receipt : commitOfEach()) {
    ASSERT_FALSE(receipt.ok());
    EXPECT_EQ(receipt.error().code(), Errc::StorageCorrupt);
  }
  EXPECT_EQ(finish(store_->saveChat(model::ChatRow())).error().code(), Errc::StorageCorrupt);
  EXPECT_TRUE(store_->stats().broken);
  EXPECT_FALSE(store_->stats().trouble.empty());
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 0);
}

TEST_F(CommitWriterTest, HearsOfDamageFromOtherWorkToo) {
  open();
  addTargets(1);
  damage("targets");
  EXPECT_EQ(finish(store_->removeTarget(targets_[0], false)).error().code(), Errc::StorageCorrupt);
  EXPECT_EQ(finish(store_->saveChat(model::ChatRow())).error().code(), Errc::StorageCorrupt);
}

TEST_F(CommitWriterTest, WritesWhatIsQueuedBeforeItCloses) {
  open();
  addTargets(4);
  Probe locker(path());
  locker.run("BEGIN IMMEDIATE");
  std::vector<Task<Result<CommitReceipt>>> tasks;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    tasks.push_back(store_->commitHistory(commitOf(targets_[i], {}, 1, 100, chatOf(i))));
  }
  const auto close = [](Probe* probe, MessageStore* store) -> Task<Result<CommitReceipt>> {
    co_await async::yieldNow();
    probe->run("COMMIT");
    store->close();
    co_return CommitReceipt();
  };
  tasks.push_back(close(&locker, store_.get()));
  for (const auto& receipt : finishAll(std::move(tasks))) {
    EXPECT_TRUE(receipt.ok());
  }
  EXPECT_EQ(Probe(path()).number("SELECT count(*) FROM messages"), 400);
}

TEST(HistoryCommit, CountsTheMemoryItHolds) {
  HistoryCommit commit = commitOf(model::TargetId(1), {}, 1, 100);
  const std::size_t rows = commit.bytes();
  EXPECT_GE(rows, 100 * sizeof(model::MessageRow));
  commit.deadLetters.push_back({1, 227, 2, "why", Bytes(100'000)});
  EXPECT_GE(commit.bytes(), rows + 100'000);
}

}  // namespace
}  // namespace mtpool::store
