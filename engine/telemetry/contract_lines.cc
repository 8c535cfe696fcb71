// SPDX-License-Identifier: Apache-2.0
#include "engine/telemetry/contract_lines.h"

#include <fmt/format.h>

namespace mtpool::telemetry {

std::string acquiredLine(std::int64_t userId, std::int64_t activeUsers, std::int64_t maxUsers) {
  return fmt::format("📡 Acquired MTProto session for user {} (active: {}/{})", userId, activeUsers, maxUsers);
}

std::string releasedLine(std::int64_t userId, double durationSeconds, std::int64_t channels,
                         std::int64_t messages, std::int64_t errors) {
  return fmt::format(
      "✅ Released MTProto session for user {} (duration: {:.1f}s, channels: {}, messages: {}, errors: {})",
      userId, durationSeconds, channels, messages, errors);
}

std::string poolMetricsText(const PoolMetrics& metrics) {
  return fmt::format(
      "📊 Connection Pool Metrics:\n"
      "   total_sessions: {}\n"
      "   avg_duration_seconds: {:.1f}\n"
      "   avg_messages_per_session: {:.0f}\n"
      "   active_sessions: {}\n"
      "   max_connections: {}\n",
      metrics.totalSessions, metrics.avgDurationSeconds, metrics.avgMessagesPerSession,
      metrics.activeSessions, metrics.maxConnections);
}

}  // namespace mtpool::telemetry
