// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/user_gate.h"

#include <fmt/format.h>

#include "engine/base/check.h"

namespace mtpool::pool {

void UserGate::configure(std::int64_t maxUsers, std::int64_t maxPerUser) {
  MTP_CHECK(maxUsers > 0 && maxPerUser > 0);
  maxUsers_ = maxUsers;
  maxPerUser_ = maxPerUser;
}

Result<void> UserGate::check(model::UserId user) const {
  const auto it = inside_.find(user);
  if (it == inside_.end() && activeUsers() >= maxUsers_) {
    return Error(Errc::Busy,
                 fmt::format("Maximum concurrent users reached ({}/{}); the next one starts when a session "
                             "ends, or raise MTPROTO_MAX_CONCURRENT_USERS",
                             activeUsers(), maxUsers_));
  }
  if (it != inside_.end() && it->second >= maxPerUser_) {
    return Error(Errc::Busy, fmt::format("user {} collects with {} of {} accounts already "
                                         "(MTPROTO_MAX_CONNECTIONS_PER_USER)",
                                         user.value, it->second, maxPerUser_));
  }
  return {};
}

Result<void> UserGate::enter(model::UserId user) {
  MTP_DO(check(user));
  ++inside_[user];
  ++sessions_;
  return {};
}

void UserGate::leave(model::UserId user) {
  const auto it = inside_.find(user);
  MTP_CHECK(it != inside_.end());
  --sessions_;
  if (--it->second == 0) {
    inside_.erase(it);
  }
}

}  // namespace mtpool::pool
