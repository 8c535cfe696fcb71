// SPDX-License-Identifier: Apache-2.0
#include "engine/config/redact.h"

#include <gtest/gtest.h>

namespace mtpool::config {
namespace {

TEST(Redact, HidesEveryPasswordAndNothingElse) {
  EXPECT_EQ(withoutPasswords("postgresql://u:p%40ss@db:5432/x"), "postgresql://u:•••@db:5432/x");
  EXPECT_EQ(withoutPasswords("socks5://u:a@b@h:1080,http://v:w@i"), "socks5://u:•••@h:1080,http://v:•••@i");
  EXPECT_EQ(withoutPasswords("tg://proxy?server=h&port=443&secret=ee00ff"),
            "tg://proxy?server=h&port=443&secret=•••");
  EXPECT_EQ(withoutPasswords("postgresql://db/x?password=hush&sslmode=require,next"),
            "postgresql://db/x?password=•••&sslmode=require,next");
  for (const char* plain : {"", "a,b", "socks5://h:1080", "sqlite:/x/y.db", "u:p@h", "?secret=x"}) {
    EXPECT_EQ(withoutPasswords(plain), plain);
  }
}

}  // namespace
}  // namespace mtpool::config
