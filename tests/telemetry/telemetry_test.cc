// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/telemetry/contract_lines.h"
#include "engine/telemetry/registry.h"

namespace mtpool::telemetry {
namespace {

TEST(ContractLines, AreLetterByLetterWhatOperatorsGrep) {
  EXPECT_EQ(acquiredLine(844338517, 2, 10), "📡 Acquired MTProto session for user 844338517 (active: 2/10)");
  EXPECT_EQ(releasedLine(844338517, 78.0, 1, 2763, 0),
            "✅ Released MTProto session for user 844338517 (duration: 78.0s, channels: 1, messages: 2763, "
            "errors: 0)");
  PoolMetrics metrics;
  metrics.totalSessions = 150;
  metrics.avgDurationSeconds = 78.5;
  metrics.avgMessagesPerSession = 2763;
  metrics.activeSessions = 2;
  metrics.maxConnections = 10;
  EXPECT_EQ(poolMetricsText(metrics),
            "📊 Connection Pool Metrics:\n   total_sessions: 150\n   avg_duration_seconds: 78.5\n"
            "   avg_messages_per_session: 2763\n   active_sessions: 2\n   max_connections: 10\n");
}

TEST(Registry, GivesTheSameMetricForTheSameNameAndLabels) {
  Registry registry;
  Counter& a = registry.counter("mtproto_requests_total", "Requests.", {{"dc", "2"}});
  Counter& b = registry.counter("mtproto_requests_total", "Requests.", {{"dc", "2"}});
  Counter& c = registry.counter("mtproto_requests_total", "Requests.", {{"dc", "4"}});
  a.add(2);
  b.add();
  EXPECT_EQ(a.value(), 3U);
  EXPECT_EQ(c.value(), 0U);
  EXPECT_NE(registry.text().find("mtproto_requests_total{dc=\"2\"} 3"), std::string::npos) << registry.text();
  EXPECT_NE(registry.json().find("mtproto_requests_total"), std::string::npos);
}

}  // namespace
}  // namespace mtpool::telemetry
