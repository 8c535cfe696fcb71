// SPDX-License-Identifier: Apache-2.0
// Qt finds its SQL drivers at run time: no linker tells that a package is missing. The console reads both
// stores.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <string>

namespace {

class SqlDriver : public ::testing::TestWithParam<const char*> {
 protected:
  // Qt looks for plug-ins where the application object says.
  int argc_ = 1;
  char name_[5] = "test";
  char* argv_[2] = {name_, nullptr};
  QCoreApplication application_{argc_, argv_};
};

TEST_P(SqlDriver, LoadsWithTheLibrariesItNeeds) {
  {
    const QSqlDatabase database = QSqlDatabase::addDatabase(GetParam(), "probe");
    EXPECT_TRUE(database.isValid())
        << "packaging/deps.sh installs libqt5sql5-sqlite and libqt5sql5-psql; Qt says: "
        << database.lastError().text().toStdString();
  }
  QSqlDatabase::removeDatabase("probe");
}

INSTANTIATE_TEST_SUITE_P(OfBothStores, SqlDriver, ::testing::Values("QSQLITE", "QPSQL"),
                         [](const auto& driver) { return std::string(driver.param); });

}  // namespace
