// SPDX-License-Identifier: Apache-2.0
#include "engine/store/database_url.h"

#include <gtest/gtest.h>

namespace mtpool::store {
namespace {

TEST(DatabaseUrl, NamesAFile) {
  EXPECT_EQ(DatabaseUrl::parse("sqlite:/var/lib/mtpool.db")->path, "/var/lib/mtpool.db");
  EXPECT_EQ(DatabaseUrl::parse("sqlite:///var/lib/mtpool.db")->path, "/var/lib/mtpool.db");
  EXPECT_EQ(DatabaseUrl::parse("sqlite:data/x.db")->path, "data/x.db");
  EXPECT_EQ(DatabaseUrl::parse("sqlite:data/x.db")->text(), "sqlite:data/x.db");
}

TEST(DatabaseUrl, SaysThatPostgresIsNotUsedYet) {
  const auto url = DatabaseUrl::parse("postgresql://user:hunter2@host/db");
  ASSERT_FALSE(url.ok());
  EXPECT_EQ(url.error().code(), Errc::Unsupported);
  EXPECT_EQ(url.error().text().find("hunter2"), std::string::npos);
}

TEST(DatabaseUrl, RefusesWhatItDoesNotKnowWithoutRepeatingIt) {
  for (const char* text : {"", "sqlite:", "mysql://root:hunter2@host/db", "/var/lib/x.db"}) {
    const auto url = DatabaseUrl::parse(text);
    ASSERT_FALSE(url.ok()) << text;
    EXPECT_EQ(url.error().code(), Errc::InvalidConfig);
    EXPECT_EQ(url.error().text().find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace mtpool::store
