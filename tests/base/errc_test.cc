// SPDX-License-Identifier: Apache-2.0
#include "engine/base/errc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

namespace mtpool {
namespace {

constexpr int kCodes = static_cast<int>(Errc::ConnectionNotInited) + 1;

TEST(Errc, GivesEachCodeItsOwnLowerSnakeName) {
  std::set<std::string> seen;
  for (int i = 0; i < kCodes; ++i) {
    const std::string text(name(static_cast<Errc>(i)));
    EXPECT_TRUE(seen.insert(text).second) << text;
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](unsigned char c) {
      return std::islower(c) != 0 || c == '_';
    })) << text;
  }
}

TEST(Errc, KeepsNamesAndDispositionsInTheOrderOfTheList) {
  EXPECT_EQ(name(Errc::StorageFull), "storage_full");
  EXPECT_EQ(name(Errc::ConnectionNotInited), "connection_not_inited");
  EXPECT_EQ(dispositionOf(Errc::FloodWait), Disposition::WaitThenRetry);
  EXPECT_EQ(dispositionOf(Errc::AuthKeyDuplicated), Disposition::QuarantineAccount);
  EXPECT_EQ(dispositionOf(Errc::OutcomeUnknown), Disposition::CallerFault);
  EXPECT_EQ(dispositionOf(Errc::AccountFrozen), Disposition::QuarantineAccount);
  EXPECT_EQ(dispositionOf(Errc::StorageCorrupt), Disposition::Fatal);
}

}  // namespace
}  // namespace mtpool
