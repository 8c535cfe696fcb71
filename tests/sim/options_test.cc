// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/options.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

std::variant<Options, Exit> parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "mtpool-simdc");
  return parseOptions(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, TakeDataCentresAndTheWorld) {
  const auto parsed = parse({"--listen", "2=127.0.0.1:0,4=[::1]:4431", "--seed", "9", "--channels", "7",
                             "--messages", "100", "--profile", "chat", "--legacy-rsa"});
  const auto* options = std::get_if<Options>(&parsed);
  ASSERT_NE(options, nullptr) << std::get<Exit>(parsed).text;
  ASSERT_EQ(options->listen.size(), 2u);
  EXPECT_EQ(options->listen[1].id, 4);
  EXPECT_EQ(options->listen[1].host, "::1");
  EXPECT_EQ(options->listen[1].port, 4431);
  EXPECT_EQ(options->world.seed, 9u);
  EXPECT_EQ(options->world.shape, Shape::Chat);
  EXPECT_TRUE(options->legacyRsa);
}

TEST(Options, RefuseWrongUseWithTwoAndWrongValuesWithFive) {
  const std::pair<std::vector<const char*>, int> cases[] = {
      {{}, 2},
      {{"--listen"}, 2},
      {{"--listen", "1=127.0.0.1:0", "--colour"}, 2},
      {{"--listen", "127.0.0.1:0"}, 5},
      {{"--listen", "0=127.0.0.1:0"}, 5},
      {{"--listen", "1=127.0.0.1"}, 5},
      {{"--listen", "1=127.0.0.1:70000"}, 5},
      {{"--listen", "1=127.0.0.1:0,"}, 5},
      {{"--listen", "1=127.0.0.1:0,1=127.0.0.1:0"}, 5},
      {{"--listen", "1=127.0.0.1:0", "--channels", "many"}, 5},
      {{"--listen", "1=127.0.0.1:0", "--channels", "-1"}, 5},
      {{"--listen", "1=127.0.0.1:0", "--messages", "0"}, 5},
      {{"--listen", "1=127.0.0.1:0", "--profile", "loud"}, 5}};
  for (const auto& [arguments, code] : cases) {
    const auto parsed = parse(arguments);
    const auto* exit = std::get_if<Exit>(&parsed);
    ASSERT_NE(exit, nullptr);
    EXPECT_EQ(exit->code, code) << exit->text;
    EXPECT_TRUE(exit->text.starts_with("mtpool-simdc: ")) << exit->text;
    EXPECT_EQ(std::count(exit->text.begin(), exit->text.end(), '\n'), 1) << exit->text;
  }
}

TEST(Options, AnswerHelpAndVersionWithZero) {
  for (const char* flag : {"--help", "--version"}) {
    const auto parsed = parse({flag});
    ASSERT_NE(std::get_if<Exit>(&parsed), nullptr);
    EXPECT_EQ(std::get<Exit>(parsed).code, 0);
    EXPECT_FALSE(std::get<Exit>(parsed).text.empty());
  }
}

}  // namespace
}  // namespace mtpool::sim
