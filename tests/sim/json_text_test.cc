// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/json_text.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

TEST(JsonText, EscapesWhatJsonForbids) {
  std::string out;
  appendJsonString(out, "a\"b\\c\nd\te\x01 порт 🚢");
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\nd\\u0009e\\u0001 порт 🚢\"");
}

TEST(JsonText, WritesNumbersAndTheirAbsence) {
  std::string out;
  appendJsonNumber(out, -1'003'000'000'000);
  out += ' ';
  appendJsonNumber(out, std::optional<std::int32_t>(0));
  out += ' ';
  appendJsonNumber(out, std::optional<std::int32_t>());
  EXPECT_EQ(out, "-1003000000000 0 null");
}

}  // namespace
}  // namespace mtpool::sim
