// SPDX-License-Identifier: Apache-2.0
// Pages against an oracle that knows nothing but a sorted list.
#include "engine/sim/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "engine/base/random.h"
#include "engine/sim/world/world.h"

namespace mtpool::sim {
namespace {

World makeWorld(std::uint64_t seed, std::int32_t messages) {
  WorldOptions options;
  options.seed = seed;
  options.channels = 1;
  options.messages = messages;
  return World(options);
}

std::vector<std::int32_t> newestFirst(const Channel& channel) {
  std::vector<std::int32_t> ids;
  for (std::int32_t id = channel.ids().top(); id >= 1; --id) {
    if (channel.ids().exists(id)) {
      ids.push_back(id);
    }
  }
  return ids;
}

/// The documented rule, spelled out slowly.
std::vector<std::int32_t> oracle(const Channel& channel, const std::vector<std::int32_t>& all,
                                 const HistoryQuery& query) {
  std::int64_t start = 0;
  for (const std::int32_t id : all) {
    const bool skipped = query.offsetId > 0     ? id >= query.offsetId
                         : query.offsetDate > 0 ? channel.dateOf(id) >= query.offsetDate
                                                : false;
    start += skipped ? 1 : 0;
  }
  start += query.addOffset;
  const std::int64_t limit = query.limit <= 0 ? 20 : std::min(query.limit, 100);
  std::vector<std::int32_t> page;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(all.size()); ++i) {
    const std::int32_t id = all[static_cast<std::size_t>(i)];
    const bool inside = i >= start && i < start + limit;
    if (inside && (query.maxId <= 0 || id < query.maxId) && (query.minId <= 0 || id > query.minId)) {
      page.push_back(id);
    }
  }
  return page;
}

HistoryQuery randomQuery(Random& random, const Channel& channel) {
  const auto number = [&random](std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
  };
  const std::int32_t top = channel.ids().top();
  HistoryQuery query;
  query.offsetId = number(0, 3) == 0 ? 0 : number(-3, top + 300);
  if (number(0, 2) == 0) {
    query.offsetDate = number(0, 4) == 0 ? 0 : channel.dateOf(number(1, top)) + number(-100, 100);
  }
  query.addOffset = number(0, 2) == 0 ? 0 : number(-250, 250);
  query.limit = number(-2, 130);
  query.maxId = number(0, 2) == 0 ? number(0, top + 50) : 0;
  query.minId = number(0, 2) == 0 ? number(0, top + 50) : 0;
  return query;
}

TEST(History, PagesAsASortedListWould) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const World world = makeWorld(seed, 900);
    const Channel& channel = world.channels()[0];
    const auto all = newestFirst(channel);
    SeededRandom random(seed);
    for (int round = 0; round < 1500; ++round) {
      const HistoryQuery query = randomQuery(random, channel);
      ASSERT_EQ(pageOf(channel, query).ids, oracle(channel, all, query))
          << "seed " << seed << " offset_id " << query.offsetId << " offset_date " << query.offsetDate
          << " add_offset " << query.addOffset << " limit " << query.limit << " max_id " << query.maxId
          << " min_id " << query.minId;
    }
  }
}

TEST(History, WalkedBackwardsGivesEveryMessageOnce) {
  const World world = makeWorld(8, 3000);
  const Channel& channel = world.channels()[0];
  std::vector<std::int32_t> walked;
  HistoryQuery query;
  query.limit = 100;
  while (true) {
    const auto page = pageOf(channel, query).ids;
    if (page.empty()) {
      break;
    }
    walked.insert(walked.end(), page.begin(), page.end());
    query.offsetId = page.back();
  }
  EXPECT_EQ(walked, newestFirst(channel));
}

TEST(History, WalkedForwardsGivesEveryMessageOnce) {
  const World world = makeWorld(8, 1000);
  const Channel& channel = world.channels()[0];
  std::vector<std::int32_t> walked;
  HistoryQuery query;
  query.limit = 100;
  query.offsetId = 1;
  query.addOffset = -100;
  while (true) {
    auto page = pageOf(channel, query).ids;
    if (page.empty()) {
      break;
    }
    std::reverse(page.begin(), page.end());
    walked.insert(walked.end(), page.begin(), page.end());
    query.offsetId = walked.back() + 1;
  }
  auto all = newestFirst(channel);
  std::reverse(all.begin(), all.end());
  EXPECT_EQ(walked, all);
}

TEST(History, BearsTheLargestNumbers) {
  const World world = makeWorld(1, 50);
  const Channel& channel = world.channels()[0];
  constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t kLeast = std::numeric_limits<std::int32_t>::min();
  for (const std::int32_t id : {kLeast, -1, 0, kMost}) {
    for (const std::int32_t offset : {kLeast, kMost}) {
      HistoryQuery query;
      query.offsetId = id;
      query.addOffset = offset;
      query.limit = kMost;
      EXPECT_TRUE(pageOf(channel, query).ids.empty());
    }
  }
}

TEST(History, SaysNotModifiedOnlyForTheHashOfThePage) {
  const World world = makeWorld(1, 300);
  const Channel& channel = world.channels()[0];
  HistoryQuery query;
  query.limit = 50;
  query.hash = static_cast<std::int64_t>(historyHash(pageOf(channel, query).ids));
  EXPECT_TRUE(pageOf(channel, query).notModified);
  query.hash += 1;
  EXPECT_FALSE(pageOf(channel, query).notModified);
}

TEST(History, HashesIdsAsClientsDo) {
  EXPECT_EQ(historyHash({1, 2, 3}), 565224272838726u);
  EXPECT_EQ(historyHash({100, 99, 98}), 56520848883391019u);
}

}  // namespace
}  // namespace mtpool::sim
