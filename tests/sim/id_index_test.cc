// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/id_index.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

TEST(IdIndex, HoldsExactlyAsManyIdsAsAskedFor) {
  for (const std::int32_t count : {1, 2, 63, 64, 65, 1000, 5000}) {
    const IdIndex ids(7, count);
    std::int32_t found = 0;
    for (std::int32_t id = 0; id <= ids.top() + 200; ++id) {
      found += ids.exists(id) ? 1 : 0;
    }
    EXPECT_EQ(found, count);
    EXPECT_TRUE(ids.exists(1));
    EXPECT_TRUE(ids.exists(ids.top()));
  }
}

TEST(IdIndex, ConvertsBetweenRankAndIdBothWays) {
  const IdIndex ids(11, 20'000);
  std::int32_t rank = 0;
  for (std::int32_t id = 1; id <= ids.top(); ++id) {
    ASSERT_EQ(ids.countBelow(id), rank) << id;
    if (ids.exists(id)) {
      ASSERT_EQ(ids.at(rank), id);
      ++rank;
    }
  }
  EXPECT_EQ(ids.countBelow(ids.top() + 1), 20'000);
  EXPECT_EQ(ids.countBelow(2'000'000'000), 20'000);
  EXPECT_EQ(ids.countBelow(-5), 0);
}

TEST(IdIndex, HasRunsOfDeletedIdsLongerThanAPage) {
  const IdIndex ids(3, 50'000);
  std::int32_t longest = 0;
  for (std::int32_t rank = 1; rank < ids.count(); ++rank) {
    longest = std::max(longest, ids.at(rank) - ids.at(rank - 1) - 1);
  }
  EXPECT_GT(longest, 100);
}

TEST(IdIndex, IsEmptyForNoMessages) {
  const IdIndex ids(1, 0);
  EXPECT_EQ(ids.top(), 0);
  EXPECT_FALSE(ids.exists(1));
  EXPECT_EQ(ids.countBelow(10), 0);
}

}  // namespace
}  // namespace mtpool::sim
