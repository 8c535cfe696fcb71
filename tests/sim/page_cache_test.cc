// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/page_cache.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

PageCache::Key key(std::int32_t number) {
  return {6'000'000'001, 1, number + 100, number};
}

TEST(PageCache, KeepsWhatWasUsedLast) {
  PageCache cache(300);
  cache.put(key(1), Bytes(100, 1));
  cache.put(key(2), Bytes(100, 2));
  cache.put(key(3), Bytes(100, 3));
  EXPECT_NE(cache.find(key(1)), nullptr);
  cache.put(key(4), Bytes(100, 4));
  EXPECT_EQ(cache.find(key(2)), nullptr);
  ASSERT_NE(cache.find(key(1)), nullptr);
  EXPECT_EQ(*cache.find(key(1)), Bytes(100, 1));
  EXPECT_EQ(cache.bytes(), 300u);
}

TEST(PageCache, LeavesOutWhatIsLargerThanAllOfIt) {
  PageCache cache(50);
  cache.put(key(1), Bytes(51, 1));
  EXPECT_EQ(cache.find(key(1)), nullptr);
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(PageCache, TellsViewersAndChannelsApart) {
  PageCache cache(1000);
  cache.put(key(1), Bytes(10, 1));
  PageCache::Key other = key(1);
  other.viewer += 1;
  EXPECT_EQ(cache.find(other), nullptr);
  other = key(1);
  other.channel = 2;
  EXPECT_EQ(cache.find(other), nullptr);
}

}  // namespace
}  // namespace mtpool::sim
