// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/config_history.h"

#include "engine/base/text.h"

namespace mtpool::store {

Result<std::int64_t> insertConfigChanges(Executor& executor, const std::vector<ConfigChange>& changes) {
  constexpr Statement kNext = "SELECT coalesce(max(version), 0) + 1 FROM config_history";
  constexpr Statement kInsert =
      "INSERT INTO config_history (version, key, before, after, who, comment, at_us)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)";
  std::int64_t version = 0;
  const auto read = [&version](const Row& row) { version = row.integer(0); };
  MTP_DO(executor.query(kNext, {}, read));
  for (const ConfigChange& change : changes) {
    const std::string before = cleanUtf8(change.before);
    const std::string after = cleanUtf8(change.after);
    const std::string who = cleanUtf8(change.who);
    const std::string comment = cleanUtf8(change.comment);
    MTP_DO(executor.exec(
        kInsert, {version, change.key, before, after, who, comment, change.at.time_since_epoch().count()}));
  }
  return version;
}

}  // namespace mtpool::store
