// SPDX-License-Identifier: Apache-2.0
#include "engine/store/master_key.h"

#include <fstream>

#include "tests/store/store_fixture.h"

namespace mtpool::store {
namespace {

class MasterKeyTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return directory_ / "master.key"; }

  void writeFile(std::size_t bytes, unsigned mode) {
    std::ofstream(path()) << std::string(bytes, 'k');
    std::filesystem::permissions(path(), std::filesystem::perms(mode));
  }

  Error refusal() {
    auto loaded = loadMasterKey(path(), true, random_);
    EXPECT_FALSE(loaded.ok());
    return loaded.ok() ? Error(Errc::Internal, "loaded") : std::move(loaded).error();
  }

  TempDirectory directory_;
  SeededRandom random_{1};
};

TEST_F(MasterKeyTest, IsMadeOnceAndThenLoaded) {
  const auto made = loadMasterKey(path(), true, random_);
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_TRUE(made->created);
  EXPECT_EQ(made->key.reveal().size(), kMasterKeyBytes);
  EXPECT_EQ(std::filesystem::status(path()).permissions(), std::filesystem::perms::owner_read);
  const auto loaded = loadMasterKey(path(), false, random_);
  ASSERT_TRUE(loaded.ok());
  EXPECT_FALSE(loaded->created);
  EXPECT_EQ(loaded->key.reveal(), made->key.reveal());
}

TEST_F(MasterKeyTest, LeavesNothingBesideIt) {
  std::ofstream(path().string() + ".new") << "left by a crash";
  ASSERT_TRUE(loadMasterKey(path(), true, random_).ok());
  const std::filesystem::directory_iterator files(directory_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(MasterKeyTest, IsNotReplacedWhenMissing) {
  const auto missing = loadMasterKey(path(), false, random_);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code(), Errc::Refused);
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(MasterKeyTest, IsRefusedWithAWrongSize) {
  for (const std::size_t size : {0U, 31U, 33U}) {
    std::filesystem::remove(path());
    writeFile(size, 0400);
    EXPECT_EQ(refusal().code(), Errc::Refused) << size;
  }
}

TEST_F(MasterKeyTest, IsRefusedWhenOthersMayReadIt) {
  for (const unsigned mode : {0440U, 0404U, 0602U}) {
    std::filesystem::remove(path());
    writeFile(kMasterKeyBytes, mode);
    EXPECT_NE(refusal().text().find("may be read by others"), std::string::npos) << mode;
  }
}

TEST_F(MasterKeyTest, NamesADirectoryItCannotWrite) {
  const auto failed = loadMasterKey("/proc/master.key", true, random_);
  ASSERT_FALSE(failed.ok());
  EXPECT_NE(failed.error().text().find("/proc/master.key"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::store
