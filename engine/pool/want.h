// SPDX-License-Identifier: Apache-2.0
// What a session is wanted for, and which accounts cannot do it. A wait holds for all targets of an account
// and lives in the account book; a bar holds for one target and lives with it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/model/ids.h"

namespace mtpool::pool {

/// The methods a session calls, as waits name them.
inline constexpr std::string_view kHistoryMethod = "messages.getHistory";
inline constexpr std::string_view kResolveMethod = "contacts.resolveUsername";

/// Why an account cannot serve a target.
struct Bar {
  std::optional<MonoTime> until;  // nullopt: not before somebody asks anew
  std::string why;
};

using Bars = std::map<model::AccountId, Bar>;

struct Want {
  model::UserId user;          // whose accounts; 0 = anybody's
  bool resolves = false;       // no account has resolved the name yet
  const Bars* bars = nullptr;  // of the target; nullptr = none
};

}  // namespace mtpool::pool
