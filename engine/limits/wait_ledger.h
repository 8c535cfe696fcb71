// SPDX-License-Identifier: Apache-2.0
// Every wait Telegram told us, by account and method: what may not be called before when, and why. Pure:
// persistence is the caller's (record before you sleep; load before the first call), so a restart forgets
// nothing.
//
// Held against monotonic time: a wall clock that is set while the engine runs ends no wait early and stalls
// none. The wall time in a Wait is for the disk and for people.
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

/// A wait as this process obeys it.
struct HeldWait {
  Wait wait;
  MonoTime until{};
};

class WaitLedger {
 public:
  /// Keeps the later `until` when the scope waits already: a wait is never shortened.
  void record(Wait wait, MonoTime until);
  /// The wait that forbids this method on this account now, nullptr if none.
  const HeldWait* find(model::AccountId account, const std::string& method, MonoTime now) const;
  /// Waits still running, soonest end first.
  std::vector<HeldWait> running(MonoTime now) const;
  /// The latest running wait of an account, for "why".
  const HeldWait* latest(model::AccountId account, MonoTime now) const;
  /// Drops what ended; bounded growth.
  void forgetEnded(MonoTime now);
  void forget(model::AccountId account);

 private:
  std::map<std::pair<model::AccountId, std::string>, HeldWait> waits_;
};

}  // namespace mtpool::limits
