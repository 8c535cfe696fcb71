// SPDX-License-Identifier: Apache-2.0
#include "engine/control/refusals.h"

#include <utility>

namespace mtpool::control {

std::optional<std::uint64_t> Refusals::note(uid_t user, MonoTime now) {
  const auto known = users_.find(user);
  if (known != users_.end() && now - known->second.saidAt < kBetweenLines) {
    ++known->second.unsaid;
    return std::nullopt;
  }
  if (known == users_.end() && users_.size() >= kMaxUsers) {
    std::erase_if(users_, [now](const auto& entry) { return now - entry.second.saidAt >= kBetweenLines; });
    if (users_.size() >= kMaxUsers) {
      return std::nullopt;
    }
  }
  Record& record = users_[user];
  record.saidAt = now;
  return std::exchange(record.unsaid, 0) + 1;
}

}  // namespace mtpool::control
