// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/settings_binding.h"

#include "engine/base/log.h"

namespace mtpool::admin {

pool::PoolSettings poolSettings(const config::LiveSettings& settings) {
  pool::PoolSettings out;
  out.maxConcurrentUsers = settings.integer("MTPROTO_MAX_CONCURRENT_USERS");
  out.maxConnectionsPerUser = settings.integer("MTPROTO_MAX_CONNECTIONS_PER_USER");
  out.sessionTimeout = settings.seconds("MTPROTO_SESSION_TIMEOUT");
  out.connectionTimeout = settings.seconds("MTPROTO_CONNECTION_TIMEOUT");
  out.idleTimeout = settings.seconds("MTPROTO_IDLE_TIMEOUT");
  out.enabled = settings.flag("MTPROTO_ENABLED");
  out.poolEnabled = settings.flag("MTPROTO_POOL_ENABLED");
  out.accounts = settings.list("MTPROTO_ACCOUNTS");
  out.rpsPerAccount = settings.number("MTPROTO_RPS_PER_ACCOUNT");
  out.globalRps = settings.number("MTPROTO_GLOBAL_RPS");
  out.sleepThreshold =
      std::chrono::milliseconds(static_cast<std::int64_t>(settings.number("MTPROTO_SLEEP_THRESHOLD") * 1000));
  out.retryMax = settings.integer("MTPROTO_RETRY_MAX");
  out.retryBackoff = settings.number("MTPROTO_RETRY_BACKOFF");
  return out;
}

collect::CollectSettings collectSettings(const config::LiveSettings& settings) {
  collect::CollectSettings out;
  out.historyLimitPerRun = settings.integer("MTPROTO_HISTORY_LIMIT_PER_RUN");
  out.collectionInterval = settings.seconds("MTPROTO_COLLECTION_INTERVAL");
  return out;
}

void applyLogLevel(const config::LiveSettings& settings) {
  const std::string& level = settings.value("LOG_LEVEL");
  log::setLevel(level == "debug"   ? log::Level::Debug
                : level == "warn"  ? log::Level::Warn
                : level == "error" ? log::Level::Error
                                   : log::Level::Info);
}

}  // namespace mtpool::admin
