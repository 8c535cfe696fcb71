// SPDX-License-Identifier: Apache-2.0
// The engine in one value, for status, the Overview page and the health probes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/model/session.h"

namespace mtpool::model {

struct MemoryStatus {
  std::uint64_t engineRssBytes = 0;
  std::uint64_t machineTotalBytes = 0;
  std::uint64_t machineAvailableBytes = 0;
};

/// Something that must hold for the engine to do its work, and why it does not.
struct Condition {
  std::string name;  // database, telegram, accounts, configuration
  bool ok = true;
  std::string text;
};

struct EngineStatus {
  WallTime takenAt{};
  WallTime startedAt{};
  std::string engineVersion;
  std::int64_t activeSessions = 0;
  std::int64_t activeUsers = 0;
  std::int64_t maxConcurrentUsers = 0;
  std::int64_t waitingUsers = 0;
  std::string waitingWhy;  // why the first of them waits; empty when nobody does
  std::int64_t accountsTotal = 0;
  std::int64_t accountsReady = 0;
  std::int64_t accountsConnected = 0;
  std::int64_t targetsTotal = 0;
  std::int64_t targetsComplete = 0;
  std::int64_t messagesStoredTotal = 0;  // since start
  double messagesPerSecond = 0;          // over the last 10 s
  std::int64_t requestsTotal = 0;
  std::int64_t errorsTotal = 0;
  MemoryStatus memory;
  RunMetrics runs;
  std::vector<Condition> conditions;
  std::string database;  // URL without secrets
  std::string stateDir;
  std::string configFile;
};

/// One sample of the charts.
struct StatusPoint {
  WallTime at{};
  std::uint64_t engineRssBytes = 0;
  std::int64_t activeSessions = 0;
  std::int64_t activeUsers = 0;
  double messagesPerSecond = 0;
};

/// How far the targets asked for have come.
struct Progress {
  std::int64_t targets = 0;
  std::int64_t complete = 0;
  std::int64_t failed = 0;
  std::int64_t stored = 0;
  std::int64_t expected = 0;  // 0 while unknown
  double messagesPerSecond = 0;
  std::int64_t etaSeconds = -1;  // -1 unknown
  std::string why;               // why nothing moves now
};

}  // namespace mtpool::model
