// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/ledger.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace mtpool::sim {
namespace {

WorldOptions smallWorld() {
  WorldOptions options;
  options.seed = 31;
  options.channels = 2;
  options.messages = 1200;
  return options;
}

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    std::string name = testing::TempDir() + "ledger-XXXXXX";
    folder_ = mkdtemp(name.data());
  }

  ~LedgerTest() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ + "/ledger.ndjson"; }

  std::string folder_;
  World world_{smallWorld()};
};

// The checker's own reading of the lines must give the hash that the ledger claims for the channel.
TEST_F(LedgerTest, AgreesWithTheCheckerAboutEveryChannel) {
  auto ledger = Ledger::open(path(), world_);
  ASSERT_TRUE(ledger);
  for (const Channel& channel : world_.channels()) {
    for (std::int32_t rank = channel.ids().count() - 1; rank >= 0; --rank) {
      ledger->served(channel, world_.post(channel, channel.ids().at(rank)), 2, "a \"quoted\" client");
    }
    ledger->reachedEnd(channel);
  }
  ASSERT_TRUE(ledger->finish());
  const std::string script = fmt::format(
      "import sys; sys.path.insert(0, '{}/tests'); import ledger_check as c; l = c.Ledger('{}'); "
      "assert len(l.worlds) == 2 and l.ended == set(l.worlds); "
      "assert all((len(l.served[k]), c.hash_of(l.served[k])) == l.worlds[k] for k in l.worlds)",
      MTPOOL_SOURCE_DIR, path());
  EXPECT_EQ(std::system(fmt::format("python3 -c \"{}\"", script).c_str()), 0);
}

TEST_F(LedgerTest, SpeaksOnlyOfChannelsThatWereServed) {
  auto ledger = Ledger::open(path(), world_);
  ASSERT_TRUE(ledger);
  const Channel& channel = world_.channels()[1];
  ledger->served(channel, world_.post(channel, 1), 2, "client");
  ASSERT_TRUE(ledger->finish());
  std::ifstream file(path());
  std::string first;
  std::string second;
  std::string third;
  std::getline(file, first);
  std::getline(file, second);
  EXPECT_TRUE(first.starts_with(
      fmt::format("{{\"t\":\"message\",\"chat_id\":{},\"message_id\":1,", channel.chatId())))
      << first;
  EXPECT_TRUE(
      second.starts_with(fmt::format("{{\"t\":\"world\",\"chat_id\":{},\"ids\":1200,", channel.chatId())))
      << second;
  EXPECT_FALSE(std::getline(file, third));
}

TEST_F(LedgerTest, NamesTheFileItCannotWrite) {
  const auto ledger = Ledger::open(folder_ + "/none/ledger", world_);
  ASSERT_FALSE(ledger);
  EXPECT_EQ(ledger.error().code(), Errc::Io);
  EXPECT_NE(ledger.error().text().find("/none/ledger"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::sim
