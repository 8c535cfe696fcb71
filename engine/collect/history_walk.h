// SPDX-License-Identifier: Apache-2.0
// Which page of a chat's history to ask for next, and what an answer proves. Pure: a cursor in, a request
// out; an answer in, the next cursor out.
//
// Telegram pages from new to old: offset_id names the message below which a page starts, at most 100
// messages, and a short page proves nothing; only an empty one is an end (core.telegram.org/api/offsets). So
// the walk keeps one finished block [oldestId, newestId] and grows it downwards to the start of the chat.
// What was posted since lies above the block: each run first walks down from the top (the head) until it
// meets the block, then joins the two.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/target.h"

namespace mtpool::collect {

/// Parameters of messages.getHistory; add_offset, max_id, offset_date and hash stay 0.
struct PageRequest {
  std::int64_t offsetId = 0;  // 0 = from the newest
  std::int64_t minId = 0;     // exclusive floor, 0 = none
  std::int32_t limit = 0;
  friend bool operator==(const PageRequest&, const PageRequest&) = default;
};

/// What the walk needs to know of an answer: ids of everything in it, messageEmpty included, as sent.
struct PageFacts {
  std::vector<std::int64_t> ids;
  std::int64_t messages = 0;  // of which are messages (rows)
  std::int64_t count = 0;     // total as Telegram told it, 0 = not told
};

/// Message ids low to high that this page proves read, holes included.
struct Proven {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend bool operator==(const Proven&, const Proven&) = default;
};

struct Advance {
  model::Cursor cursor;
  std::optional<Proven> proven;
};

class HistoryWalk {
 public:
  /// Begins a run: `runLimit` messages at most in it.
  HistoryWalk(model::Cursor cursor, model::HistoryDepth depth, std::int64_t runLimit);

  /// The next page, nullopt when the run is over: everything is collected or the run's limit is reached.
  std::optional<PageRequest> next() const;

  /// Takes the answer to next(). Errc::Malformed when the ids cannot be one: not descending, or outside what
  /// was asked.
  Result<Advance> take(const PageFacts& page) const;

  /// The store has it: this is the cursor now. `messages` counts against the run's limit.
  void commit(model::Cursor cursor, std::int64_t messages);

  /// Everything asked for is stored as of this run: the head met the block and the depth is reached.
  bool complete() const;

  const model::Cursor& cursor() const { return cursor_; }

 private:
  bool walkingHead() const;
  bool deepEnough() const;
  Result<void> checkIds(const PageFacts& page, const PageRequest& request) const;
  Advance takeHead(const PageFacts& page, const PageRequest& request) const;
  Advance takeBlock(const PageFacts& page, const PageRequest& request) const;

  model::Cursor cursor_;
  model::HistoryDepth depth_;
  std::int64_t left_;
  bool sawTop_ = false;    // this run has asked for the newest messages
  bool headDone_ = false;  // nothing new above the block, as of this run
};

}  // namespace mtpool::collect
