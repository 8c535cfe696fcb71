// SPDX-License-Identifier: Apache-2.0
#include "engine/config/config_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace mtpool::config {
namespace {

TEST(ConfigFile, AMissingFileIsAnEmptyOne) {
  const auto read = readFile("/nonexistent/mtpool.env");
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->exists);
  EXPECT_EQ(read->text, "");
}

TEST(ConfigFile, APipeIsRefusedAndNotWaitedFor) {
  std::string pattern = testing::TempDir() + "mtpool-file-XXXXXX";
  const std::filesystem::path directory = ::mkdtemp(pattern.data());
  const auto path = directory / "mtpool.env";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const auto read = readFile(path);
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().text().find("plain file"), std::string::npos) << read.error().text();
  std::filesystem::remove_all(directory);
}

TEST(ConfigFile, OfAnotherUserIsRefusedUnlessWeAreRoot) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can make files of others";
  }
  // Not below TMPDIR, which may be a folder that nobody else may enter.
  std::string pattern = "/tmp/mtpool-file-XXXXXX";
  const std::filesystem::path directory = ::mkdtemp(pattern.data());
  const auto path = directory / "mtpool.env";
  std::ofstream(path) << "A=1\n";
  ASSERT_EQ(::chmod(directory.c_str(), 0755), 0);
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
  EXPECT_TRUE(readFile(path).ok());
  const auto readAsNobody = [&path] {
    constexpr uid_t kNobody = 65534;
    if (::seteuid(kNobody) != 0) {
      ::_exit(2);
    }
    const auto read = readFile(path);
    ::_exit(!read.ok() && read.error().code() == Errc::InvalidConfig ? 0 : 1);
  };
  EXPECT_EXIT(readAsNobody(), testing::ExitedWithCode(0), "");
  std::filesystem::remove_all(directory);
}

TEST(ConfigFile, LeavesNoFileBesideTheReplacedOne) {
  std::string pattern = testing::TempDir() + "mtpool-file-XXXXXX";
  const std::filesystem::path directory = ::mkdtemp(pattern.data());
  const auto path = directory / "mtpool.env";
  ASSERT_TRUE(replaceFile(path, "", "A=1\n").ok());
  ASSERT_TRUE(replaceFile(path, "A=1\n", "A=2\n").ok());
  EXPECT_FALSE(replaceFile(path, "A=1\n", "A=3\n").ok());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    EXPECT_EQ(entry.path(), path);
    ++files;
  }
  EXPECT_EQ(files, 1);
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace mtpool::config
