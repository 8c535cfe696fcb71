// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/cli/commands/commands.h"
#include "tests/cli/on_engine.h"

namespace mtpool::test {
namespace {

model::Progress progress(std::int64_t complete, std::int64_t failed, std::int64_t stored) {
  model::Progress p;
  p.targets = 3;
  p.complete = complete;
  p.failed = failed;
  p.stored = stored;
  p.expected = 3000;
  p.messagesPerSecond = 512;
  p.etaSeconds = 34;
  return p;
}

TEST(Collect, WaitsUntilEverythingIsComplete) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(3);
    operations.progress_ = {progress(0, 0, 10), progress(1, 0, 1000), progress(3, 0, 3000)};
    operations.progress_[1].why = "flood wait until 12:00";
  });
  const auto ended = on(engine, {"collect", "--wait"}).run();
  EXPECT_EQ(ended.exit, 0) << ended.err;
  EXPECT_EQ(ended.out, "TARGETS\tCOMPLETE\tFAILED\tSTORED\tEXPECTED\n3\t3\t0\t3,000\t3,000\n");
  EXPECT_NE(ended.err.find("1 of 3 targets, 1,000 of 3,000 messages (33 %), 512/s, 00:34 left"),
            std::string::npos)
      << ended.err;
  EXPECT_NE(ended.err.find("waits: flood wait until 12:00"), std::string::npos);
  EXPECT_EQ(ended.err.find('\r'), std::string::npos);
}

TEST(Collect, DrawsABarOnATerminal) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(3);
    operations.progress_ = {progress(1, 0, 1500), progress(3, 0, 3000)};
  });
  TerminalRun terminal(on(engine, {"collect", "--wait"}));
  EXPECT_EQ(terminal.finish(), 0);
  EXPECT_NE(terminal.shown().find("\r\x1b[K[##########..........] 1 of 3"), std::string::npos)
      << terminal.shown();
}

TEST(Collect, SaysAgainWhatItWaitsForAndLeavesTheRestAlone) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(3);
    const std::vector<std::pair<std::string, model::TargetState>> states{
        {"@runs", model::TargetState::Running},
        {"@done", model::TargetState::Complete},
        {"@failed", model::TargetState::Failed}};
    for (std::size_t i = 0; i < states.size(); ++i) {
      operations.targets_[i].target.spec = states[i].first;
      operations.targets_[i].target.state = states[i].second;
    }
    operations.progress_ = {progress(1, 1, 1500)};
  });
  TerminalRun terminal(on(engine, {"collect", "--wait"}));
  engine.until([](FakeOperations& operations) {
    return !operations.calls_.empty() && operations.calls_.back() == "collect @runs";
  });
  engine.on([](FakeOperations& operations) {
    operations.progress_ = {progress(2, 1, 3000)};
    operations.touch(admin::Topic::Progress);
  });
  EXPECT_EQ(terminal.finish(), 7);
  for (const auto& call : engine.calls()) {
    EXPECT_TRUE(call == "collect " || call == "collect @runs" || call == "targets") << call;
  }
}

TEST(Collect, SaysAgainThatItWaitsAlsoForATargetTypedAnotherWay) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(1);
    operations.targets_[0].target.spec = "@durov";
    operations.targets_[0].target.state = model::TargetState::Running;
    operations.progress_ = {progress(1, 1, 1500)};
  });
  TerminalRun terminal(on(engine, {"collect", "--wait", "--target", "durov"}));
  engine.until([](FakeOperations& operations) {
    return std::ranges::count(operations.calls_, std::string("collect @durov")) > 0;
  });
  engine.on([](FakeOperations& operations) {
    operations.progress_ = {progress(3, 0, 3000)};
    operations.touch(admin::Topic::Progress);
  });
  EXPECT_EQ(terminal.finish(), 0);
}

TEST(Collect, SurvivesARestartOfTheEngine) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(3);
    operations.progress_ = {progress(1, 0, 1500)};
  });
  TerminalRun terminal(on(engine, {"collect", "--wait"}));
  ASSERT_TRUE(terminal.expect("1 of 3 targets")) << terminal.shown();
  engine.stop();
  ASSERT_TRUE(terminal.expect("trying again for 30 s")) << terminal.shown();
  engine.on([](FakeOperations& operations) { operations.progress_ = {progress(3, 0, 3000)}; });
  engine.restart();
  EXPECT_EQ(terminal.finish(), 0) << terminal.shown();
}

TEST(Collect, IsPartlyDoneWhenSomeFailedAndFailedWhenAllDid) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(3);
    operations.progress_ = {progress(2, 1, 2000)};
  });
  EXPECT_EQ(on(engine, {"collect", "--wait"}).run().exit, 7);
  engine.on([](FakeOperations& operations) { operations.progress_ = {progress(0, 3, 0)}; });
  EXPECT_EQ(on(engine, {"collect", "--wait"}).run().exit, 1);
}

TEST(Collect, SaysWhenThereIsNothing) {
  FakeEngine engine;
  const auto ended = on(engine, {"collect"}).run();
  EXPECT_EQ(ended.exit, 1);
  EXPECT_NE(ended.err.find("target add"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::test
