// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/harmless.h"

#include <gtest/gtest.h>

namespace mtpool::cli {
namespace {

TEST(Harmless, LeavesOutWhatATerminalObeysAndKeepsAllElse) {
  EXPECT_EQ(withoutControls("a\x1b[2J\x7f\u009b\u202e\u2066\u200f\u2028\u061cb"), "a[2Jb");
  EXPECT_EQ(withoutControls("shown\rinstead"), "showninstead");
  EXPECT_EQ(withoutControls("\tканал, 日本\n\u00a0\u200d😀"), "\tканал, 日本\n\u00a0\u200d😀");
  EXPECT_EQ(withoutControls(""), "");
}

TEST(Harmless, EscapesItInJson) {
  EXPECT_EQ(escapedControls("{\"a\":\"\u202e\x7f\u0085\"}"), R"({"a":"\u202e\u007f\u0085"})");
  EXPECT_EQ(escapedControls("{\"a\":\"é\"}"), "{\"a\":\"é\"}");
}

}  // namespace
}  // namespace mtpool::cli
