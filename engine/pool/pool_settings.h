// SPDX-License-Identifier: Apache-2.0
// The values the pool works with, copied from the registry at start and on every change; components never
// read the table or the environment themselves.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace mtpool::pool {

struct PoolSettings {
  std::int64_t maxConcurrentUsers = 10;            // MTPROTO_MAX_CONCURRENT_USERS
  std::int64_t maxConnectionsPerUser = 1;          // MTPROTO_MAX_CONNECTIONS_PER_USER
  std::chrono::seconds sessionTimeout{600};        // MTPROTO_SESSION_TIMEOUT
  std::chrono::seconds connectionTimeout{300};     // MTPROTO_CONNECTION_TIMEOUT
  std::chrono::seconds idleTimeout{180};           // MTPROTO_IDLE_TIMEOUT
  bool enabled = true;                             // MTPROTO_ENABLED
  bool poolEnabled = false;                        // MTPROTO_POOL_ENABLED
  std::vector<std::string> accounts;               // MTPROTO_ACCOUNTS; empty = all
  double rpsPerAccount = 0.7;                      // MTPROTO_RPS_PER_ACCOUNT
  double globalRps = 2.5;                          // MTPROTO_GLOBAL_RPS
  std::chrono::milliseconds sleepThreshold{1500};  // MTPROTO_SLEEP_THRESHOLD
  std::int64_t retryMax = 5;                       // MTPROTO_RETRY_MAX
  double retryBackoff = 2.0;                       // MTPROTO_RETRY_BACKOFF
};

}  // namespace mtpool::pool
