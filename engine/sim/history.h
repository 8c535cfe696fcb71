// SPDX-License-Identifier: Apache-2.0
// Which messages a page of history holds: the arithmetic of messages.getHistory, nothing else.
//
// (core.telegram.org/api/offsets.) Messages count from the newest, 0. The page starts at the number of
// messages down to and including offset_id, plus add_offset, and is `limit` long; where that reaches above
// the newest message the page is shorter. max_id and min_id, both exclusive, then take messages out of the
// page: they never pull others in, so a short page says nothing about the end.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/sim/world/channel.h"

namespace mtpool::sim {

struct HistoryQuery {
  std::int32_t offsetId = 0;    // 0: from the newest
  std::int32_t offsetDate = 0;  // only where offsetId is 0: messages older than that
  std::int32_t addOffset = 0;
  std::int32_t limit = 0;  // above 100: 100; 0 and below: 20
  std::int32_t maxId = 0;
  std::int32_t minId = 0;
  std::int64_t hash = 0;
};

struct HistoryPage {
  std::vector<std::int32_t> ids;  // newest first
  bool notModified = false;       // the client's hash fits: it has this page
};

HistoryPage pageOf(const Channel& channel, const HistoryQuery& query);

/// The hash by which a client tells what it has: over the ids in the order of the page.
std::uint64_t historyHash(const std::vector<std::int32_t>& ids);

}  // namespace mtpool::sim
