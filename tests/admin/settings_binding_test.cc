// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/settings_binding.h"

#include <gtest/gtest.h>

namespace mtpool::admin {
namespace {

TEST(SettingsBinding, EachKeyReachesItsField) {
  const config::Environment environment{
      {"MTPROTO_MAX_CONCURRENT_USERS", "11"}, {"MTPROTO_MAX_CONNECTIONS_PER_USER", "2"},
      {"MTPROTO_SESSION_TIMEOUT", "601"},     {"MTPROTO_CONNECTION_TIMEOUT", "301"},
      {"MTPROTO_IDLE_TIMEOUT", "181"},        {"MTPROTO_ENABLED", "false"},
      {"MTPROTO_POOL_ENABLED", "true"},       {"MTPROTO_ACCOUNTS", "a,b"},
      {"MTPROTO_RPS_PER_ACCOUNT", "0.8"},     {"MTPROTO_GLOBAL_RPS", "2.6"},
      {"MTPROTO_SLEEP_THRESHOLD", "1.6"},     {"MTPROTO_RETRY_MAX", "6"},
      {"MTPROTO_RETRY_BACKOFF", "2.1"},       {"MTPROTO_HISTORY_LIMIT_PER_RUN", "5001"},
      {"MTPROTO_COLLECTION_INTERVAL", "901"}};
  const auto settings = config::LiveSettings::load("/nonexistent/mtpool.env", environment);
  ASSERT_TRUE(settings.ok()) << settings.error().text();
  const pool::PoolSettings pool = poolSettings(*settings);
  EXPECT_EQ(pool.maxConcurrentUsers, 11);
  EXPECT_EQ(pool.maxConnectionsPerUser, 2);
  EXPECT_EQ(pool.sessionTimeout.count(), 601);
  EXPECT_EQ(pool.connectionTimeout.count(), 301);
  EXPECT_EQ(pool.idleTimeout.count(), 181);
  EXPECT_FALSE(pool.enabled);
  EXPECT_TRUE(pool.poolEnabled);
  EXPECT_EQ(pool.accounts, (std::vector<std::string>{"a", "b"}));
  EXPECT_DOUBLE_EQ(pool.rpsPerAccount, 0.8);
  EXPECT_DOUBLE_EQ(pool.globalRps, 2.6);
  EXPECT_EQ(pool.sleepThreshold.count(), 1600);
  EXPECT_EQ(pool.retryMax, 6);
  EXPECT_DOUBLE_EQ(pool.retryBackoff, 2.1);
  const collect::CollectSettings collect = collectSettings(*settings);
  EXPECT_EQ(collect.historyLimitPerRun, 5001);
  EXPECT_EQ(collect.collectionInterval.count(), 901);
}

TEST(SettingsBinding, DefaultsOfTheStructsAreThoseOfTheTable) {
  const auto settings = config::LiveSettings::load("/nonexistent/mtpool.env", {});
  ASSERT_TRUE(settings.ok());
  const pool::PoolSettings bound = poolSettings(*settings);
  const pool::PoolSettings plain;
  EXPECT_EQ(bound.maxConcurrentUsers, plain.maxConcurrentUsers);
  EXPECT_EQ(bound.sessionTimeout, plain.sessionTimeout);
  EXPECT_EQ(bound.connectionTimeout, plain.connectionTimeout);
  EXPECT_EQ(bound.idleTimeout, plain.idleTimeout);
  EXPECT_EQ(bound.sleepThreshold, plain.sleepThreshold);
  EXPECT_EQ(collectSettings(*settings).historyLimitPerRun, collect::CollectSettings().historyLimitPerRun);
}

}  // namespace
}  // namespace mtpool::admin
