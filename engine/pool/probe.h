// SPDX-License-Identifier: Apache-2.0
// The metrics of this folder.
#pragma once

#include "engine/telemetry/registry.h"

namespace mtpool::pool {

struct Probe {
  explicit Probe(telemetry::Registry& registry)
      : acquired(registry.counter("mtproto_sessions_acquired_total", "Collection sessions started.")),
        released(registry.counter("mtproto_sessions_released_total", "Collection sessions ended.")),
        floodWaits(registry.counter("mtproto_flood_waits_total", "Waits Telegram asked for.")),
        floodWaitSeconds(
            registry.counter("mtproto_flood_wait_seconds_total", "Seconds Telegram asked to wait.")),
        retries(registry.counter("mtproto_retries_total", "Requests repeated by the policy chain.")),
        activeSessions(registry.gauge("mtproto_active_sessions", "Collection sessions now.")),
        activeUsers(registry.gauge("mtproto_active_users", "Distinct users collecting now.")),
        accounts(registry.gauge("mtproto_pool_accounts", "Accounts known.")),
        healthyAccounts(registry.gauge("mtproto_pool_accounts_healthy", "Accounts that could collect.")) {}

  telemetry::Counter& acquired;
  telemetry::Counter& released;
  telemetry::Counter& floodWaits;
  telemetry::Counter& floodWaitSeconds;
  telemetry::Counter& retries;
  telemetry::Gauge& activeSessions;
  telemetry::Gauge& activeUsers;
  telemetry::Gauge& accounts;
  telemetry::Gauge& healthyAccounts;
};

}  // namespace mtpool::pool
