// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/setting_rules.h"

#include <gtest/gtest.h>

namespace mtpool::gui {
namespace {

pb::Setting interval() {
  pb::Setting setting;
  setting.set_key("MTPROTO_COLLECTION_INTERVAL");
  setting.set_type("duration");
  setting.set_unit("s");
  setting.set_min("60");
  setting.set_max("86400");
  return setting;
}

// The same texts as the engine's own test (tests/config/check_value_test.cc), so that both agree.
TEST(SettingRules, ReadDurationsAsTheEngineDoes) {
  const auto setting = interval();
  for (const auto& [text, seconds] : {std::pair{"900", 900},
                                      {"900s", 900},
                                      {"15m", 900},
                                      {"1.5h", 5400},
                                      {"1d", 86400},
                                      {"90000ms", 90},
                                      {"15 m", 900}}) {
    EXPECT_EQ(settingNumber(setting, QString::fromLatin1(text)), seconds) << text;
    EXPECT_TRUE(settingProblem(setting, QString::fromLatin1(text)).isEmpty()) << text;
  }
  for (const char* text : {"m", "15x", "15mm", "2d", "59s", "60500ms", "15M", "-15m", "nan", "inf"}) {
    EXPECT_FALSE(settingProblem(setting, QString::fromLatin1(text)).isEmpty()) << text;
  }
}

}  // namespace
}  // namespace mtpool::gui
