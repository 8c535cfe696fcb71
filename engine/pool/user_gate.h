// SPDX-License-Identifier: Apache-2.0
// How many users may collect at once, and how many accounts each of them. A pure counter: it refuses with the
// reason, it never waits.
#pragma once

#include <cstdint>
#include <map>

#include "engine/base/result.h"
#include "engine/model/ids.h"

namespace mtpool::pool {

class UserGate {
 public:
  /// Lowering a limit ends nobody: who is in stays in, nobody new enters.
  void configure(std::int64_t maxUsers, std::int64_t maxPerUser);

  /// Whether there is a place. Errc::Busy names the setting that is full.
  Result<void> check(model::UserId user) const;
  /// Takes a place, or refuses as check() does.
  Result<void> enter(model::UserId user);
  void leave(model::UserId user);

  std::int64_t activeUsers() const { return static_cast<std::int64_t>(inside_.size()); }

  std::int64_t sessions() const { return sessions_; }

  std::int64_t maxUsers() const { return maxUsers_; }

 private:
  std::int64_t maxUsers_ = 1;
  std::int64_t maxPerUser_ = 1;
  std::int64_t sessions_ = 0;
  std::map<model::UserId, std::int64_t> inside_;
};

}  // namespace mtpool::pool
