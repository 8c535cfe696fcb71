// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/history_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/base/check.h"

namespace mtpool::collect {

namespace {

// Telegram gives at most so many, whatever is asked.
constexpr std::int64_t kPage = 100;

}  // namespace

HistoryWalk::HistoryWalk(model::Cursor cursor, model::HistoryDepth depth, std::int64_t runLimit)
    : cursor_(cursor), depth_(depth), left_(runLimit) {}

bool HistoryWalk::walkingHead() const {
  // A chat that was empty has no block, but may have got messages since.
  return !headDone_ && (cursor_.newestId != 0 || cursor_.reachedStart);
}

bool HistoryWalk::deepEnough() const {
  return cursor_.reachedStart || (depth_.newest && cursor_.stored >= *depth_.newest);
}

bool HistoryWalk::complete() const {
  return !walkingHead() && deepEnough();
}

std::optional<PageRequest> HistoryWalk::next() const {
  if (left_ <= 0 || complete()) {
    return std::nullopt;
  }
  PageRequest request;
  request.limit = static_cast<std::int32_t>(std::min(kPage, left_));
  if (walkingHead()) {
    request.offsetId = cursor_.headOldestId;
    request.minId = cursor_.newestId;
    return request;
  }
  request.offsetId = cursor_.oldestId;
  if (depth_.newest) {
    request.limit = static_cast<std::int32_t>(
        std::min<std::int64_t>(request.limit, std::max<std::int64_t>(1, *depth_.newest - cursor_.stored)));
  }
  return request;
}

Result<void> HistoryWalk::checkIds(const PageFacts& page, const PageRequest& request) const {
  std::int64_t below = request.offsetId == 0 ? std::numeric_limits<std::int64_t>::max() : request.offsetId;
  for (const std::int64_t id : page.ids) {
    if (id >= below || id <= request.minId || id <= 0) {
      return Error(Errc::Malformed,
                   fmt::format("a page of history below id {} and above {} holds id {} out of order",
                               request.offsetId, request.minId, id));
    }
    below = id;
  }
  return {};
}

Result<Advance> HistoryWalk::take(const PageFacts& page) const {
  const auto request = next();
  MTP_CHECK(request.has_value());
  MTP_DO(checkIds(page, *request));
  Advance advance = walkingHead() ? takeHead(page, *request) : takeBlock(page, *request);
  if (page.count > 0) {
    advance.cursor.expected = page.count;
  }
  return advance;
}

Advance HistoryWalk::takeHead(const PageFacts& page, const PageRequest& request) const {
  Advance advance{cursor_, std::nullopt};
  model::Cursor& c = advance.cursor;
  if (page.ids.empty()) {
    // The head has met the block, or there was none.
    if (c.headNewestId != 0) {
      advance.proven = Proven{c.newestId + 1, request.offsetId - 1};
      c.newestId = c.headNewestId;
      c.oldestId = c.oldestId == 0 ? c.headOldestId : c.oldestId;
      c.headNewestId = 0;
      c.headOldestId = 0;
      if (advance.proven->low > advance.proven->high) {
        advance.proven.reset();
      }
    }
    return advance;
  }
  if (c.headNewestId == 0) {
    c.headNewestId = page.ids.front();
  }
  c.headOldestId = page.ids.back();
  advance.proven = Proven{page.ids.back(), request.offsetId == 0 ? page.ids.front() : request.offsetId - 1};
  return advance;
}

Advance HistoryWalk::takeBlock(const PageFacts& page, const PageRequest& request) const {
  Advance advance{cursor_, std::nullopt};
  model::Cursor& c = advance.cursor;
  if (page.ids.empty()) {
    c.reachedStart = true;
    if (request.offsetId > 1) {
      advance.proven = Proven{1, request.offsetId - 1};
    }
    return advance;
  }
  if (c.newestId == 0) {
    c.newestId = page.ids.front();
  }
  c.oldestId = page.ids.back();
  advance.proven = Proven{page.ids.back(), request.offsetId == 0 ? page.ids.front() : request.offsetId - 1};
  return advance;
}

void HistoryWalk::commit(model::Cursor cursor, std::int64_t messages) {
  const bool firstPage = cursor_.newestId == 0 && !cursor_.reachedStart;
  const bool fromTop = walkingHead() && cursor_.headNewestId == 0;
  const bool headEnded = walkingHead() && cursor.headNewestId == 0;
  cursor_ = cursor;
  left_ -= messages;
  sawTop_ = sawTop_ || firstPage || fromTop;
  // A head that an earlier run began says nothing about what was posted since: the top is asked once more.
  headDone_ = headDone_ || firstPage || (headEnded && sawTop_);
}

}  // namespace mtpool::collect
