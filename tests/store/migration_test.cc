// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migration.h"

#include <array>

#include "engine/store/sqlite/sqlite_executor.h"
#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

constexpr std::array<Migration, 3> kSteps{{
    {1, "0001_a", "CREATE TABLE a (x {{bigint}}) {{options}}; INSERT INTO a VALUES (1);", true},
    {2, "0002_b", "CREATE TABLE b (id {{identity}}, y {{bytes}}); UPDATE a SET x = x + 1;", true},
    {3, "0003_c", "-- transaction: none\nCREATE INDEX IF NOT EXISTS c ON a (x);", false},
}};
constexpr std::array<Migration, 2> kBroken{{
    kSteps[0],
    {2, "0002_broken", "CREATE TABLE b (y TEXT); UPDATE a SET x = 7; SELECT nonsense;", true},
}};

class MigrationTest : public ::testing::Test {
 protected:
  std::unique_ptr<Executor> open(const char* name) {
    sqlite::ConnectionOptions options;
    options.path = directory_ / name;
    options.applicationId = 1;
    auto opened = sqlite::SqliteExecutor::open(options);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().text());
    return std::move(*opened);
  }

  static std::string schemaOf(Executor& executor) {
    std::string text;
    const auto read = [&text](const Row& row) { text += row.string(0) + "\n"; };
    EXPECT_TRUE(executor.query("SELECT sql FROM sqlite_schema ORDER BY name", {}, read).ok());
    return text;
  }

  static std::int64_t number(Executor& executor, const Statement& statement) {
    std::int64_t value = -1;
    EXPECT_TRUE(executor.query(statement, {}, [&value](const Row& row) { value = row.integer(0); }).ok());
    return value;
  }

  TempDirectory directory_;
};

TEST_F(MigrationTest, LeadsAFreshAndAnOldDatabaseToTheSameEnd) {
  const auto fresh = open("fresh.db");
  const auto report = migrate(*fresh, kSqliteDialect, kSteps);
  ASSERT_TRUE(report.ok()) << report.error().text();
  EXPECT_EQ(report->from, 0);
  EXPECT_EQ(report->to, 3);
  const auto old = open("old.db");
  for (std::size_t n = 1; n <= kSteps.size(); ++n) {
    ASSERT_TRUE(migrate(*old, kSqliteDialect, std::span(kSteps).first(n)).ok());
  }
  EXPECT_EQ(schemaOf(*old), schemaOf(*fresh));
  EXPECT_EQ(number(*old, "SELECT x FROM a"), 2);
  EXPECT_EQ(number(*fresh, "SELECT x FROM a"), 2);
}

TEST_F(MigrationTest, DoesNothingTheSecondTime) {
  const auto executor = open("x.db");
  ASSERT_TRUE(migrate(*executor, kSqliteDialect, kSteps).ok());
  ASSERT_TRUE(migrate(*executor, kSqliteDialect, kSteps).ok());
  EXPECT_EQ(number(*executor, "SELECT x FROM a"), 2);
}

TEST_F(MigrationTest, UndoesAStepThatFailsAndGoesOnFromThere) {
  const auto executor = open("x.db");
  const auto failed = migrate(*executor, kSqliteDialect, kBroken);
  ASSERT_FALSE(failed.ok());
  EXPECT_NE(failed.error().text().find("0002_broken"), std::string::npos);
  EXPECT_EQ(*executor->schemaVersion(), 1);
  EXPECT_EQ(number(*executor, "SELECT x FROM a"), 1);
  EXPECT_EQ(number(*executor, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
  EXPECT_EQ(migrate(*executor, kSqliteDialect, kSteps)->from, 1);
}

TEST_F(MigrationTest, RefusesADatabaseOfANewerProgram) {
  const auto executor = open("x.db");
  ASSERT_TRUE(executor->setSchemaVersion(4).ok());
  const auto refused = migrate(*executor, kSqliteDialect, kSteps);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Refused);
  EXPECT_EQ(schemaOf(*executor), "");
}

TEST_F(MigrationTest, NumbersTheStepsWithoutGapsAndLeavesNoToken) {
  for (const auto steps : {messageMigrations(), stateMigrations()}) {
    std::int64_t number = 0;
    for (const Migration& step : steps) {
      EXPECT_EQ(step.number, ++number) << step.name;
    }
    const auto executor = open(number == 0                                  ? "none.db"
                               : steps.data() == messageMigrations().data() ? "m.db"
                                                                            : "s.db");
    ASSERT_TRUE(migrate(*executor, kSqliteDialect, steps).ok());
    EXPECT_EQ(schemaOf(*executor).find("{{"), std::string::npos);
  }
}

}  // namespace
}  // namespace mtpool::store
