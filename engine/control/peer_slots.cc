// SPDX-License-Identifier: Apache-2.0
#include "engine/control/peer_slots.h"

#include <fmt/format.h>

#include "engine/base/check.h"

namespace mtpool::control {

Result<void> PeerSlots::take(uid_t user, admin::Role role) {
  const auto known = ofUser_.find(user);
  if (known != ofUser_.end() && known->second >= kMaxPerUser) {
    return Error(Errc::Busy, fmt::format("user {} has {} clients connected, as many as the engine serves one "
                                         "user; close one",
                                         user, kMaxPerUser));
  }
  const std::size_t open = role == admin::Role::Admin ? kMax : kMax - kOnlyAdmins;
  if (taken_ >= open) {
    return Error(Errc::Busy,
                 fmt::format("{} clients are connected, as many as the engine serves{}; close one", taken_,
                             role == admin::Role::Admin ? "" : " besides administrators"));
  }
  ++taken_;
  ++ofUser_[user];
  return {};
}

void PeerSlots::free(uid_t user) {
  const auto known = ofUser_.find(user);
  MTP_CHECK(known != ofUser_.end());
  --taken_;
  if (--known->second == 0) {
    ofUser_.erase(known);
  }
}

}  // namespace mtpool::control
