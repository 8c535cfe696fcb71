// SPDX-License-Identifier: Apache-2.0
#include "engine/store/state_lock.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

TEST(StateLock, TurnsTheSecondAwayUntilTheFirstIsGone) {
  TempDirectory directory;
  {
    auto first = StateLock::ofDirectory(directory.path());
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(StateLock::ofDirectory(directory.path()).error().code(), Errc::Refused);
  }
  EXPECT_TRUE(StateLock::ofDirectory(directory.path()).ok());
}

TEST(StateLock, SurvivesBeingMoved) {
  TempDirectory directory;
  auto first = StateLock::ofDirectory(directory.path());
  const StateLock moved = std::move(*first);
  EXPECT_FALSE(StateLock::ofDirectory(directory.path()).ok());
}

TEST(StateLock, LocksADatabaseApartFromItsDirectory) {
  TempDirectory directory;
  const auto state = StateLock::ofDirectory(directory.path());
  const auto database = StateLock::ofDatabase(directory / "mtpool.db");
  EXPECT_TRUE(state.ok() && database.ok());
  EXPECT_TRUE(std::filesystem::exists(directory / "mtpool.db.lock"));
}

TEST(StateLock, NamesTheHolderAndIsFreeTheMomentItIsKilled) {
  TempDirectory directory;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = StateLock::ofDirectory(directory.path());
    const char told = lock.ok() ? '1' : '0';
    if (::write(ends[1], &told, 1) == 1) {
      ::pause();
    }
    ::_exit(1);
  }
  char told = 0;
  ASSERT_EQ(::read(ends[0], &told, 1), 1);
  EXPECT_EQ(told, '1');
  const auto refused = StateLock::ofDirectory(directory.path());
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().text().find("process " + std::to_string(child)), std::string::npos);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(StateLock::ofDirectory(directory.path()).ok());
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(StateLock, NamesAFileItCannotOpen) {
  const auto refused = StateLock::ofDirectory("/proc");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Io);
}

}  // namespace
}  // namespace mtpool::store
