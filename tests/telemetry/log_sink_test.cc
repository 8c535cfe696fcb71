// SPDX-License-Identifier: Apache-2.0
#include "engine/telemetry/log_sink.h"

#include <gtest/gtest.h>

#include "engine/base/log.h"

namespace mtpool::telemetry {
namespace {

TEST(LogSink, WritesTimeLevelComponentAndTheLineAsItIs) {
  installLogSink();
  testing::internal::CaptureStderr();
  log::warn("pool", "waits {} s, {{literal}} %s", 3);
  const std::string line = testing::internal::GetCapturedStderr();
  log::setSink(nullptr);
  ASSERT_GT(line.size(), 25U);
  EXPECT_EQ(line.substr(23), "Z W pool waits 3 s, {literal} %s\n");
  EXPECT_EQ(line[10], 'T');
}

}  // namespace
}  // namespace mtpool::telemetry
