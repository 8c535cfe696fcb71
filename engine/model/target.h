// SPDX-License-Identifier: Apache-2.0
// A target: what to collect, how far back, and how far it has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/model/ids.h"

namespace mtpool::model {

/// How much history is asked for.
struct HistoryDepth {
  /// nullopt = all, else the newest so many messages.
  std::optional<std::int64_t> newest;

  std::string text() const;  // "all" or the number
  static std::optional<HistoryDepth> parse(std::string_view text);
};

enum class TargetState { Due, Running, Waiting, Complete, Failed };

std::string_view name(TargetState state);  // due, running, waiting, complete, failed

struct Target {
  TargetId id;
  std::string spec;  // as given: @name
  ChatId chat;       // 0 until resolved
  UserId user;       // 0 = any account may collect it
  HistoryDepth history;
  std::chrono::seconds interval{0};  // 0 = MTPROTO_COLLECTION_INTERVAL
  TargetState state = TargetState::Due;
  std::string why;  // one sentence: what it waits for, why it failed
  WallTime nextDueAt{};
  WallTime lastRunAt{};
};

/// How far a target's history has come; committed in the transaction of the rows it covers.
/// Walking goes from new to old: ids in [oldestId, newestId] are done, except while a newer head is walked
/// down to meet them (headOldestId > newestId).
struct Cursor {
  std::int64_t newestId = 0;      // highest id of the finished block, 0 = nothing yet
  std::int64_t oldestId = 0;      // lowest id of the finished block
  std::int64_t headNewestId = 0;  // a newer block being walked down; 0 = none
  std::int64_t headOldestId = 0;
  bool reachedStart = false;  // an empty page below oldestId was seen
  std::int64_t stored = 0;    // messages stored for this target
  std::int64_t expected = 0;  // the chat's message count as last told, 0 = unknown
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

}  // namespace mtpool::model
