// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/waits.h"

#include "engine/base/text.h"

namespace mtpool::store {

Result<void> storeWait(Executor& executor, const Wait& wait, WallTime now) {
  constexpr Statement kForget = "DELETE FROM waits WHERE until_us <= $1";
  constexpr Statement kStore =
      "INSERT INTO waits (account_id, scope, until_us, reason) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (account_id, scope) DO UPDATE SET until_us = excluded.until_us, reason = excluded.reason"
      " WHERE excluded.until_us > waits.until_us";
  const std::string scope = cleanUtf8(wait.scope);
  const std::string reason = cleanUtf8(wait.reason);
  MTP_DO(executor.exec(kForget, {now.time_since_epoch().count()}));
  MTP_DO(executor.exec(kStore, {wait.account, scope, wait.until.time_since_epoch().count(), reason}));
  return {};
}

Result<std::vector<Wait>> listWaits(Executor& executor, WallTime now) {
  constexpr Statement kList =
      "SELECT account_id, scope, until_us, reason FROM waits WHERE until_us > $1 ORDER BY until_us";
  std::vector<Wait> waits;
  const auto read = [&waits](const Row& row) {
    const WallTime until(std::chrono::microseconds(row.integer(2)));
    waits.push_back({model::AccountId(row.integer(0)), row.string(1), until, row.string(3)});
  };
  MTP_DO(executor.query(kList, {now.time_since_epoch().count()}, read));
  return waits;
}

}  // namespace mtpool::store
