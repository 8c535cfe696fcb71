// SPDX-License-Identifier: Apache-2.0
// Every wait Telegram told us, by account and method: what may not be called before when, and why. Pure:
// persistence is the caller's (record before you sleep; load before the first call), so a restart forgets
// nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/model/ids.h"
#include "engine/model/wait.h"

namespace mtpool::limits {

using model::Wait;

class WaitLedger {
 public:
  /// Keeps the later end when the scope waits already: a wait is never shortened.
  void record(Wait wait);
  /// The wait that forbids this method on this account now, nullptr if none.
  const Wait* find(model::AccountId account, const std::string& method, WallTime now) const;
  /// Waits still running, soonest end first.
  std::vector<Wait> running(WallTime now) const;
  /// The latest running wait of an account, for "why".
  const Wait* latest(model::AccountId account, WallTime now) const;
  /// Drops what ended; bounded growth.
  void forgetEnded(WallTime now);
  void forget(model::AccountId account);

 private:
  std::map<std::pair<model::AccountId, std::string>, Wait> waits_;
};

}  // namespace mtpool::limits
