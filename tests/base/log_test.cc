// SPDX-License-Identifier: Apache-2.0
#include "engine/base/log.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mtpool {
namespace {

std::vector<std::string> lines;  // a Sink is a plain function, so what it caught lives here

class Log : public ::testing::Test {
 protected:
  void SetUp() override {
    lines.clear();
    log::setSink([](log::Level, std::string_view component, std::string_view line) {
      lines.push_back(std::string(component) + "|" + std::string(line));
    });
  }

  void TearDown() override {
    log::setSink(nullptr);
    log::setLevel(log::Level::Info);
  }
};

TEST_F(Log, HandsComponentAndTextToTheSink) {
  log::info("pool", "lease granted account={}", "a");
  EXPECT_EQ(lines, std::vector<std::string>{"pool|lease granted account=a"});
}

TEST_F(Log, LeavesOutWhatLiesBelowTheLevel) {
  log::debug("pool", "quiet");
  log::setLevel(log::Level::Error);
  log::warn("pool", "quiet");
  log::error("pool", "loud");
  EXPECT_EQ(lines, std::vector<std::string>{"pool|loud"});
}

}  // namespace
}  // namespace mtpool
