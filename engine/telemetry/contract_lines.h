// SPDX-License-Identifier: Apache-2.0
// The sentences operators and scripts grep for, letter by letter, signs included. Changing one is a change of
// the contract.
#pragma once

#include <cstdint>
#include <string>

namespace mtpool::telemetry {

/// 📡 Acquired MTProto session for user 42 (active: 3/10)
/// activeUsers counts distinct users collecting, against the user cap.
std::string acquiredLine(std::int64_t userId, std::int64_t activeUsers, std::int64_t maxUsers);

/// ✅ Released MTProto session for user 42 (duration: 78.0s, channels: 1, messages: 2763, errors: 0)
std::string releasedLine(std::int64_t userId, double durationSeconds, std::int64_t channels,
                         std::int64_t messages, std::int64_t errors);

/// What mtpoold --status prints.
struct PoolMetrics {
  std::int64_t totalSessions = 0;
  double avgDurationSeconds = 0;
  double avgMessagesPerSession = 0;
  std::int64_t activeSessions = 0;
  std::int64_t maxConnections = 0;  // the user cap
};

std::string poolMetricsText(const PoolMetrics& metrics);

}  // namespace mtpool::telemetry
