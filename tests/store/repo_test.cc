// SPDX-License-Identifier: Apache-2.0
// Repositories straight on an executor, where the stores leave something out of sight.
#include <algorithm>

#include "engine/base/random.h"
#include "engine/store/migration.h"
#include "engine/store/repo/accounts.h"
#include "engine/store/repo/chats.h"
#include "engine/store/repo/coverage.h"
#include "engine/store/repo/history.h"
#include "engine/store/repo/peers.h"
#include "engine/store/repo/runs.h"
#include "engine/store/repo/targets.h"
#include "engine/store/repo/waits.h"
#include "engine/store/sqlite/sqlite_executor.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

class RepoTest : public ::testing::Test {
 protected:
  void open(std::span<const Migration> steps) {
    sqlite::ConnectionOptions options;
    options.path = directory_ / "x.db";
    options.applicationId = 1;
    auto opened = sqlite::SqliteExecutor::open(options);
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    executor_ = std::move(*opened);
    ASSERT_TRUE(migrate(*executor_, kSqliteDialect, steps).ok());
  }

  std::int64_t number(const Statement& statement) {
    std::int64_t value = -1;
    EXPECT_TRUE(executor_->query(statement, {}, [&value](const Row& row) { value = row.integer(0); }).ok());
    return value;
  }

  std::vector<IdRange> coverage(std::int64_t boxId) {
    constexpr Statement kList = "SELECT low, high FROM coverage WHERE box_id = $1 ORDER BY low";
    std::vector<IdRange> ranges;
    const auto read = [&ranges](const Row& row) { ranges.push_back({row.integer(0), row.integer(1)}); };
    EXPECT_TRUE(executor_->query(kList, {boxId}, read).ok());
    return ranges;
  }

  TempDirectory directory_;
  std::unique_ptr<Executor> executor_;
};

TEST_F(RepoTest, CountsRowsOfAPageOnceInTheCursor) {
  open(messageMigrations());
  model::Target target;
  target.spec = "@x";
  target.chat = kChat;
  const auto id = addTarget(*executor_, target)->target.id;
  HistoryCommit first = commitOf(id, {}, 1, 10);
  first.next.stored = 12345;  // the store counts
  const auto receipt = storeHistory(*executor_, first, 5);
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->cursor.stored, 10);
  EXPECT_EQ(loadTarget(*executor_, id)->cursor.stored, 10);
}

TEST_F(RepoTest, LeavesAChatThatDidNotChangeAlone) {
  open(messageMigrations());
  const model::ChatRow chat{kChat, "channel", "", "Title"};
  ASSERT_TRUE(storeChat(*executor_, chat, 100).ok());
  ASSERT_TRUE(storeChat(*executor_, chat, 200).ok());
  EXPECT_EQ(number("SELECT updated_at FROM chats"), 100);
  EXPECT_EQ(number("SELECT username IS NULL FROM chats"), 1);
  ASSERT_TRUE(storeChat(*executor_, model::ChatRow{kChat, "channel", "name", "Title"}, 300).ok());
  EXPECT_EQ(number("SELECT updated_at FROM chats"), 300);
  EXPECT_EQ(number("SELECT count(*) FROM chats WHERE username = 'name'"), 1);
}

TEST_F(RepoTest, KeepsCoverageOfBoxesApart) {
  open(messageMigrations());
  ASSERT_TRUE(addCoverage(*executor_, kChat, 0, IdRange{1, 10}).ok());
  ASSERT_TRUE(addCoverage(*executor_, kChat, 5, IdRange{5, 20}).ok());
  EXPECT_EQ(coverage(0), (std::vector<IdRange>{{1, 10}}));
  EXPECT_EQ(coverage(5), (std::vector<IdRange>{{5, 20}}));
}

TEST_F(RepoTest, CoverageEqualsASetOfIds) {
  open(messageMigrations());
  SeededRandom random(7);
  std::vector<bool> read(202, false);
  for (int i = 0; i < 200; ++i) {
    const auto low = static_cast<std::int64_t>(1 + random.below(180));
    const auto high = low + static_cast<std::int64_t>(random.below(12));
    ASSERT_TRUE(addCoverage(*executor_, kChat, 0, IdRange{low, high}).ok());
    std::fill(read.begin() + low, read.begin() + high + 1, true);
    std::vector<IdRange> expected;
    for (std::int64_t id = 1; id < 201; ++id) {
      if (!read[static_cast<std::size_t>(id)]) {
        continue;
      }
      if (!expected.empty() && expected.back().high == id - 1) {
        expected.back().high = id;
      } else {
        expected.push_back({id, id});
      }
    }
    ASSERT_EQ(coverage(0), expected) << "after " << i;
  }
}

TEST_F(RepoTest, ForgetsRunsThatDoNotExistAndLeavesKilledOnesOutOfAverages) {
  open(messageMigrations());
  model::CollectionRun run;
  run.id = model::SessionId(5);
  EXPECT_EQ(updateRun(*executor_, run).error().code(), Errc::NotFound);
  run.startedAt = WallTime(std::chrono::seconds(1000));
  run.durationSeconds = 4;
  run.outcome = model::RunOutcome::Complete;
  ASSERT_TRUE(insertRun(*executor_, run).ok());
  run.outcome.reset();
  run.durationSeconds = 0;
  ASSERT_TRUE(insertRun(*executor_, run).ok());
  EXPECT_EQ(*endOpenRuns(*executor_), 1);
  const auto metrics = measureRuns(*executor_, 1000 + 86'400);
  EXPECT_EQ(metrics->totalSessions, 2);
  EXPECT_EQ(metrics->recentSessions, 2);
  EXPECT_EQ(metrics->avgDurationSeconds, 4);
  EXPECT_EQ(measureRuns(*executor_, 1001 + 86'400)->recentSessions, 0);
}

TEST_F(RepoTest, DropsWaitsThatEnded) {
  open(stateMigrations());
  const WallTime now(std::chrono::seconds(1000));
  ASSERT_TRUE(
      storeWait(*executor_, Wait{model::AccountId(1), "a", now + std::chrono::seconds(1), ""}, now).ok());
  const WallTime later = now + std::chrono::seconds(5);
  ASSERT_TRUE(
      storeWait(*executor_, Wait{model::AccountId(1), "b", later + std::chrono::seconds(1), ""}, later).ok());
  EXPECT_EQ(number("SELECT count(*) FROM waits"), 1);
}

TEST_F(RepoTest, RefusesAPeerOfAnUnknownAccount) {
  open(stateMigrations());
  EXPECT_FALSE(storePeer(*executor_, Peer{model::AccountId(9), "x", kChat, 1, WallTime()}).ok());
}

TEST_F(RepoTest, RaisesTheVersionOfAKeyWithEverySeal) {
  open(stateMigrations());
  SystemRandom random;
  const crypto::MasterKey master(random.bytes(kMasterKeyBytes));
  const Sealer sealer{master, random};
  model::Account account;
  account.alias = "a";
  const auto id = insertAccount(*executor_, account);
  EXPECT_FALSE(*hasSealedKeys(*executor_));
  model::DcKey key;
  key.authKey = SecretBytes(Bytes(256, 1));
  ASSERT_TRUE(storeKey(*executor_, sealer, *id, 2, key).ok());
  ASSERT_TRUE(storeKey(*executor_, sealer, *id, 2, key).ok());
  EXPECT_EQ(number("SELECT version FROM account_keys"), 2);
  EXPECT_TRUE(*hasSealedKeys(*executor_));
}

}  // namespace
}  // namespace mtpool::store
