// SPDX-License-Identifier: Apache-2.0
// What a collector commits in one piece: a page of history, the cursor after it, and what it proved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/model/message.h"
#include "engine/model/target.h"

namespace mtpool::store {

/// Message ids low…high, both included.
struct IdRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend bool operator==(const IdRange&, const IdRange&) = default;
};

/// A message or a whole answer that could not be decoded, kept for a later version to read.
struct DeadLetter {
  std::int64_t messageId = 0;  // 0 when not even that is known
  std::int32_t layer = 0;
  std::uint32_t constructorId = 0;
  std::string reason;
  Bytes raw;
};

struct HistoryCommit {
  model::TargetId target;
  model::ChatId chat;
  std::int64_t boxId = 0;
  /// Rows in any order, all of `chat` and `boxId`; empty ids (messageEmpty) are not rows.
  model::MessagePage page;
  /// The cursor this page was read from. Its ids and reachedStart must still be what the store has, else the
  /// commit is refused: somebody else moved it.
  model::Cursor previous;
  /// Where it stands with this page. `stored` is the store's to count and is ignored here.
  model::Cursor next;
  /// The ids this page proves read, holes included: from its lowest id to just below where it was asked from.
  std::optional<IdRange> covered;
  std::optional<model::ChatRow> chatRow;
  std::vector<DeadLetter> deadLetters;

  HistoryCommit() = default;

  /// What it holds in memory, for the bound of the write queue.
  std::size_t bytes() const;
};

struct CommitReceipt {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  /// As stored: pass it as `previous` of the next page.
  model::Cursor cursor;
};

}  // namespace mtpool::store
