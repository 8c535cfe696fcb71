// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/status_sampler.h"

#include <gtest/gtest.h>

namespace mtpool::admin {
namespace {

using std::chrono::seconds;

TEST(StatusSampler, RatesAreOverTenSecondsOfRealTime) {
  StatusSampler sampler;
  const model::MemoryStatus memory;
  WallTime now{seconds(1'700'000'000)};
  EXPECT_EQ(sampler.messagesPerSecond(), 0);
  for (std::int64_t i = 0; i <= 20; ++i, now += seconds(1)) {
    sampler.sample(now, memory, 0, 0, i < 10 ? 0 : (i - 10) * 100);
  }
  EXPECT_DOUBLE_EQ(sampler.messagesPerSecond(), 100.0);
}

TEST(StatusSampler, RemembersAnHour) {
  StatusSampler sampler;
  const model::MemoryStatus memory;
  WallTime now{seconds(1'700'000'000)};
  for (int i = 0; i < 4000; ++i, now += seconds(1)) {
    sampler.sample(now, memory, i, 0, 0);
  }
  const auto history = sampler.history();
  ASSERT_EQ(history.size(), 3600U);
  EXPECT_EQ(history.back().activeSessions, 3999);
  EXPECT_EQ(history.front().activeSessions, 400);
}

TEST(StatusSampler, ThisProcessAndThisMachineHaveMemory) {
  const model::MemoryStatus memory = readMemory();
  EXPECT_GT(memory.engineRssBytes, 0U);
  EXPECT_GT(memory.machineTotalBytes, memory.engineRssBytes);
}

}  // namespace
}  // namespace mtpool::admin
