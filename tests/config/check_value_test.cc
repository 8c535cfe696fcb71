// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <utility>

#include "engine/config/setting.h"

namespace mtpool::config {
namespace {

const Setting& get(std::string_view key) {
  return *findSetting(key);
}

TEST(CheckValue, SaysKeyRangeAndValue) {
  const auto checked = checkValue(get("MTPROTO_SESSION_TIMEOUT"), "59");
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().text(), "MTPROTO_SESSION_TIMEOUT must be 60 to 3600 s, not \"59\"");
}

TEST(CheckValue, TakesBothEndsOfARange) {
  EXPECT_TRUE(checkValue(get("MTPROTO_SESSION_TIMEOUT"), "60").ok());
  EXPECT_TRUE(checkValue(get("MTPROTO_SESSION_TIMEOUT"), "3600").ok());
  EXPECT_FALSE(checkValue(get("MTPROTO_SESSION_TIMEOUT"), "3601").ok());
}

TEST(CheckValue, RefusesWhatIsNotANumber) {
  for (const char* text : {"ten", "1e9", "0x10", "1.5", "", "10 s", "nan", "99999999999999999999"}) {
    EXPECT_FALSE(checkValue(get("MTPROTO_MAX_CONCURRENT_USERS"), text).ok()) << text;
  }
  EXPECT_FALSE(checkValue(get("MTPROTO_GLOBAL_RPS"), "inf").ok());
  EXPECT_EQ(*checkValue(get("MTPROTO_GLOBAL_RPS"), " 2.5 "), "2.5");
}

TEST(CheckValue, ReadsDurationsWithTheirSuffixAsSeconds) {
  const Setting& interval = get("MTPROTO_COLLECTION_INTERVAL");
  for (const auto& [text, seconds] : {std::pair{"900", "900"},
                                      {"900s", "900"},
                                      {"15m", "900"},
                                      {"1.5h", "5400"},
                                      {"1d", "86400"},
                                      {"90000ms", "90"},
                                      {"15 m", "900"}}) {
    const auto checked = checkValue(interval, text);
    ASSERT_TRUE(checked.ok()) << text;
    EXPECT_EQ(*checked, seconds) << text;
  }
  for (const char* text : {"m", "15x", "15mm", "2d", "59s", "60500ms", "15M", "-15m"}) {
    EXPECT_FALSE(checkValue(interval, text).ok()) << text;
  }
}

TEST(CheckValue, SpellsAListOneWay) {
  const Setting& accounts = get("MTPROTO_ACCOUNTS");
  EXPECT_EQ(*checkValue(accounts, R"(["a", "b"])"), "a,b");
  EXPECT_EQ(*checkValue(accounts, "[a,b]"), "a,b");
  EXPECT_EQ(*checkValue(accounts, "a,b"), "a,b");
  EXPECT_EQ(*checkValue(accounts, "[]"), "");
  EXPECT_FALSE(checkValue(accounts, R"(["a"b"])").ok());
}

TEST(CheckValue, SpellsYesAndNoOneWay) {
  EXPECT_EQ(*checkValue(get("MTPROTO_POOL_ENABLED"), "YES"), "true");
  EXPECT_EQ(*checkValue(get("MTPROTO_POOL_ENABLED"), "0"), "false");
  EXPECT_FALSE(checkValue(get("MTPROTO_POOL_ENABLED"), "maybe").ok());
}

TEST(CheckValue, LetsNothingIntoAValueThatCouldBecomeAnotherLine) {
  for (const char* text : {"a\nB=1", "a\"b", "$(id)", "`id`", "a\\b", "a'b", "a\x01"}) {
    EXPECT_FALSE(checkValue(get("MTPROTO_DC_LIST"), text).ok()) << text;
  }
}

TEST(CheckValue, RefusesAnAddressNobodyCouldListenOn) {
  for (const char* right : {"127.0.0.1:8091", "0.0.0.0:0", "[::1]:65535", ""}) {
    EXPECT_TRUE(checkValue(get("HEALTH_BIND"), right).ok()) << right;
  }
  for (const char* wrong : {"nonsense", "127.0.0.1", ":8091", "127.0.0.1:65536", "::1:80", "[]:80", "[x]:80",
                            "localhost:8091", "host:"}) {
    const auto checked = checkValue(get("HEALTH_BIND"), wrong);
    ASSERT_FALSE(checked.ok()) << wrong;
    EXPECT_NE(checked.error().text().find("IPv4:PORT"), std::string::npos) << checked.error().text();
  }
}

TEST(CheckValue, HoldsASecretAgainstItsFormWithoutShowingIt) {
  EXPECT_TRUE(checkValue(get("TELEGRAM_API_HASH"), "0123456789abcdefABCDEF9876543210").ok());
  for (const char* wrong :
       {"0123456789abcdef", "0123456789abcdefABCDEF98765432100", "0123456789abcdefABCDEF987654321g"}) {
    const auto checked = checkValue(get("TELEGRAM_API_HASH"), wrong);
    ASSERT_FALSE(checked.ok()) << wrong;
    EXPECT_NE(checked.error().text().find("32 hexadecimal digits"), std::string::npos);
    EXPECT_EQ(checked.error().text().find(wrong), std::string::npos);
  }
}

TEST(CheckValue, NeverRepeatsASecret) {
  const auto checked = checkValue(get("TELEGRAM_API_HASH"), "hush\nhush");
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().text().find("hush"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::config
