// SPDX-License-Identifier: Apache-2.0
// A pause somebody asked for, with its end and its reason: what "why does this account wait" answers from.
#pragma once

#include <string>

#include "engine/base/clock.h"
#include "engine/model/ids.h"

namespace mtpool::model {

/// Ends are wall time: they have to survive the process.
struct Wait {
  AccountId account;  // 0 = all accounts
  std::string scope;  // method name, or "*" for everything the account does
  WallTime until{};
  std::string reason;  // "FLOOD_WAIT_31 on messages.getHistory"
};

}  // namespace mtpool::model
