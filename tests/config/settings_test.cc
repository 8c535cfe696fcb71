// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "engine/config/setting.h"

namespace mtpool::config {
namespace {

TEST(Settings, HaveOneRowEachWithAValidDefault) {
  std::set<std::string_view> keys;
  for (const Setting& setting : allSettings()) {
    EXPECT_TRUE(keys.insert(setting.key).second) << setting.key;
    EXPECT_FALSE(setting.help.empty()) << setting.key;
    if (!setting.defaultValue.empty()) {
      const auto checked = checkValue(setting, setting.defaultValue);
      ASSERT_TRUE(checked.ok()) << setting.key;
      EXPECT_EQ(*checked, setting.defaultValue) << setting.key;
    }
  }
}

TEST(Settings, ThePoolHasItsFiveWithTheRangesOfTheContract) {
  struct Expected {
    const char* key;
    const char* fallback;
    double min;
    double max;
  };

  for (const Expected& e : {Expected{"MTPROTO_MAX_CONCURRENT_USERS", "10", 1, 100000},
                            Expected{"MTPROTO_MAX_CONNECTIONS_PER_USER", "1", 1, 5},
                            Expected{"MTPROTO_SESSION_TIMEOUT", "600", 60, 3600},
                            Expected{"MTPROTO_CONNECTION_TIMEOUT", "300", 30, 600},
                            Expected{"MTPROTO_IDLE_TIMEOUT", "180", 30, 600}}) {
    const Setting* setting = findSetting(e.key);
    ASSERT_NE(setting, nullptr) << e.key;
    EXPECT_EQ(setting->group, "pool");
    EXPECT_EQ(setting->defaultValue, e.fallback);
    EXPECT_EQ(setting->min, e.min);
    EXPECT_EQ(setting->max, e.max);
    EXPECT_EQ(setting->applies, Applies::Live);
  }
}

TEST(Settings, AnUnknownKeyIsNotFound) {
  EXPECT_EQ(findSetting("MTPROTO_NO_SUCH"), nullptr);
}

}  // namespace
}  // namespace mtpool::config
