// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include "engine/store/sqlite/failure.h"
#include "engine/store/sqlite/sqlite_executor.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

using sqlite::Access;
using sqlite::Connection;
using sqlite::ConnectionOptions;
using sqlite::SqliteExecutor;

class SqliteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.path = directory_ / "x.db";
    options_.applicationId = 7;
    executor_ = open();
    ASSERT_TRUE(executor_->runScript("CREATE TABLE t (a ANY, b ANY) STRICT").ok());
  }

  std::unique_ptr<Executor> open() {
    auto opened = SqliteExecutor::open(options_);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().text());
    return std::move(*opened);
  }

  std::int64_t count() {
    std::int64_t rows = -1;
    EXPECT_TRUE(
        executor_->query("SELECT count(*) FROM t", {}, [&rows](const Row& row) { rows = row.integer(0); })
            .ok());
    return rows;
  }

  TempDirectory directory_;
  ConnectionOptions options_;
  std::unique_ptr<Executor> executor_;
};

TEST_F(SqliteTest, BindsNumberedParametersByTheirNumber) {
  std::string seen;
  const auto read = [&seen](const Row& row) { seen = row.string(0) + row.string(1) + row.string(2); };
  ASSERT_TRUE(executor_->query("SELECT $2, $1, $2", {"one", "two"}, read).ok());
  EXPECT_EQ(seen, "twoonetwo");
}

TEST_F(SqliteTest, KeepsEveryKindOfValue) {
  const Bytes bytes{0, 1, 0, 2};
  std::vector<std::string> types;
  const auto read = [&types](const Row& row) { types.push_back(row.string(0)); };
  for (const Value& value : {Value(), Value(5), Value(2.5), Value("text"), Value(""), Value(ByteView(bytes)),
                             Value(ByteView()), Value(std::string_view())}) {
    ASSERT_TRUE(executor_->query("SELECT typeof($1) || length($1)", {value}, read).ok());
  }
  EXPECT_EQ(types,
            (std::vector<std::string>{"", "integer1", "real3", "text4", "text0", "blob4", "blob0", "text0"}));
}

TEST_F(SqliteTest, UndoesATransactionThatGoesOutOfScope) {
  {
    auto transaction = executor_->begin();
    ASSERT_TRUE(transaction.ok());
    ASSERT_EQ(*executor_->exec("INSERT INTO t VALUES ($1, $2)", {1, 2}), 1);
    EXPECT_EQ(count(), 1);
  }
  EXPECT_EQ(count(), 0);
  {
    auto transaction = executor_->begin();
    ASSERT_TRUE(executor_->exec("INSERT INTO t VALUES ($1, $2)", {1, 2}).ok());
    EXPECT_TRUE(transaction->commit().ok());
  }
  EXPECT_EQ(count(), 1);
}

TEST_F(SqliteTest, UsesAStatementAgainAfterItFailed) {
  ASSERT_TRUE(executor_->runScript("CREATE UNIQUE INDEX u ON t (a)").ok());
  constexpr Statement kInsert = "INSERT INTO t VALUES ($1, $2)";
  EXPECT_TRUE(executor_->exec(kInsert, {1, 2}).ok());
  const auto twice = executor_->exec(kInsert, {1, 2});
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().code(), Errc::Storage);
  EXPECT_TRUE(executor_->exec(kInsert, {2, 2}).ok());
}

TEST_F(SqliteTest, LetsAReaderWriteNothing) {
  options_.access = Access::Read;
  const auto reader = open();
  EXPECT_FALSE(reader->exec("INSERT INTO t VALUES ($1, $2)", {1, 2}).ok());
}

TEST_F(SqliteTest, OpensWithTheSettingsOfTheHouse) {
  auto connection = Connection::open(options_);
  ASSERT_TRUE(connection.ok());
  EXPECT_EQ(*(*connection)->number("PRAGMA synchronous"), 2);
  EXPECT_EQ(*(*connection)->number("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(*(*connection)->number("PRAGMA trusted_schema"), 0);
  EXPECT_EQ(*(*connection)->number("PRAGMA busy_timeout"), 5000);
  EXPECT_EQ(*(*connection)->number("PRAGMA application_id"), 7);
  // DEFENSIVE: the schema cannot be rewritten as data. No DQS: a misspelt column is an error, not a text.
  EXPECT_FALSE((*connection)->run("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''").ok());
  EXPECT_FALSE((*connection)->run("SELECT \"no_such_column\"").ok());
  EXPECT_FALSE((*connection)->run("SELECT load_extension('x')").ok());
}

TEST_F(SqliteTest, SortsFailuresByWhatCanBeDone) {
  EXPECT_EQ(sqlite::failure(SQLITE_BUSY_SNAPSHOT, "", "x").code(), Errc::StorageBusy);
  EXPECT_EQ(sqlite::failure(SQLITE_FULL, "", "x").code(), Errc::StorageFull);
  EXPECT_EQ(sqlite::failure(SQLITE_IOERR_FSYNC, "", "x").code(), Errc::Io);
  EXPECT_EQ(sqlite::failure(SQLITE_CORRUPT_INDEX, "", "x").code(), Errc::StorageCorrupt);
  EXPECT_EQ(sqlite::failure(SQLITE_NOTADB, "", "x").code(), Errc::StorageCorrupt);
  EXPECT_EQ(sqlite::failure(SQLITE_CONSTRAINT, "", "x").code(), Errc::Storage);
  EXPECT_EQ(sqlite::failure(SQLITE_IOERR_FSYNC, "", "x").argument(), SQLITE_IOERR_FSYNC);
}

}  // namespace
}  // namespace mtpool::store
