// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/status_text.h"

#include <fmt/format.h>

#include "engine/cli/control_client.h"
#include "engine/daemon/engine.h"
#include "engine/telemetry/contract_lines.h"

namespace mtpool::daemon {

int printStatus(const std::string& socket) {
  auto engine = cli::ControlClient::connect({socket});
  if (!engine.ok()) {
    if (engine.error().code() == Errc::Unreachable) {
      fmt::print(stderr,
                 "mtpoold: no engine answers on {}; start it, or name its configuration with --config\n",
                 socket);
      return 3;
    }
    fmt::print(stderr, "mtpoold: {}\n", engine.error().text());
    return exitCodeFor(engine.error());
  }
  cli::v1::Envelope request;
  request.mutable_get_status();
  auto answer = engine->ask(std::move(request));
  if (!answer.ok()) {
    fmt::print(stderr, "mtpoold: {}\n", answer.error().text());
    return exitCodeFor(answer.error());
  }
  const auto& status = answer->status_reply();
  telemetry::PoolMetrics metrics;
  metrics.totalSessions = status.runs().total_sessions();
  metrics.avgDurationSeconds = status.runs().avg_duration_seconds();
  metrics.avgMessagesPerSession = status.runs().avg_messages_per_session();
  metrics.activeSessions = status.active_sessions();
  metrics.maxConnections = status.max_concurrent_users();
  fmt::print("{}", telemetry::poolMetricsText(metrics));
  return 0;
}

}  // namespace mtpool::daemon
