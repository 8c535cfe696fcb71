// SPDX-License-Identifier: Apache-2.0
// A collection session: a user's run from Acquired to Released. Update tails are not sessions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/model/ids.h"

namespace mtpool::model {

enum class SessionState { Waiting, Connecting, Collecting, Closing };

std::string_view name(SessionState state);  // waiting, connecting, collecting, closing

struct Session {
  SessionId id;
  UserId user;
  std::string account;  // alias
  SessionState state = SessionState::Connecting;
  std::int32_t dc = 0;
  WallTime startedAt{};
  std::int64_t channels = 0;
  std::int64_t messages = 0;
  std::int64_t errors = 0;
  double messagesPerSecond = 0;
  std::string target;  // what it reads now
  std::string why;     // what it waits for, empty while it moves
};

/// How a session ended, in rising order: where several hold, the last of them is told.
enum class RunOutcome { Complete, Limit, Waiting, Failed, Idle, Timeout, Stopped, Killed };

std::string_view name(
    RunOutcome outcome);  // complete, limit, waiting, failed, idle, timeout, stopped, killed

/// One session: a row of collection_runs.
struct CollectionRun {
  SessionId id;
  UserId user;
  std::string account;
  WallTime startedAt{};
  double durationSeconds = 0;
  std::int64_t channels = 0;
  std::int64_t messages = 0;
  std::int64_t errors = 0;
  std::optional<RunOutcome> outcome;  // nullopt while it runs
};

/// Totals over collection_runs.
struct RunMetrics {
  std::int64_t totalSessions = 0;
  std::int64_t recentSessions = 0;  // last 24 hours
  double avgDurationSeconds = 0;
  double avgMessagesPerSession = 0;
  double avgChannelsPerSession = 0;
  std::int64_t totalErrors = 0;
};

}  // namespace mtpool::model
