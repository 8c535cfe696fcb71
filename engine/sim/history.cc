// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/history.h"

#include <algorithm>

namespace mtpool::sim {

namespace {

constexpr std::int32_t kMostPerPage = 100;
constexpr std::int32_t kWithoutLimit = 20;

/// How many messages stand before the first one that is older than the query's offset.
std::int64_t newerThanOffset(const Channel& channel, const HistoryQuery& query) {
  const IdIndex& ids = channel.ids();
  if (query.offsetId > 0) {
    return ids.count() - ids.countBelow(query.offsetId);
  }
  if (query.offsetDate > 0) {
    return ids.count() - channel.countBefore(query.offsetDate);
  }
  return 0;
}

}  // namespace

HistoryPage pageOf(const Channel& channel, const HistoryQuery& query) {
  const IdIndex& ids = channel.ids();
  const std::int32_t limit = query.limit <= 0 ? kWithoutLimit : std::min(query.limit, kMostPerPage);
  const std::int64_t start = newerThanOffset(channel, query) + query.addOffset;
  const std::int64_t end = std::min<std::int64_t>(start + limit, ids.count());
  HistoryPage page;
  for (std::int64_t position = std::max<std::int64_t>(start, 0); position < end; ++position) {
    const std::int32_t id = ids.at(static_cast<std::int32_t>(ids.count() - 1 - position));
    if ((query.maxId <= 0 || id < query.maxId) && (query.minId <= 0 || id > query.minId)) {
      page.ids.push_back(id);
    }
  }
  page.notModified =
      query.hash != 0 && !page.ids.empty() && static_cast<std::uint64_t>(query.hash) == historyHash(page.ids);
  return page;
}

std::uint64_t historyHash(const std::vector<std::int32_t>& ids) {
  std::uint64_t hash = 0;
  for (const std::int32_t id : ids) {
    hash ^= hash >> 21;
    hash ^= hash << 35;
    hash ^= hash >> 4;
    hash += static_cast<std::uint64_t>(id);
  }
  return hash;
}

}  // namespace mtpool::sim
