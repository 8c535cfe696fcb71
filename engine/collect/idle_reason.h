// SPDX-License-Identifier: Apache-2.0
// Why an account that is ready and free collects nothing now.
#pragma once

#include <string>

#include "engine/base/clock.h"
#include "engine/collect/target_book.h"
#include "engine/pool/pool.h"

namespace mtpool::collect {

/// One sentence with its remedy where there is one. The first that holds of: settings that keep the account
/// out, a wait or a rest of its own, nothing to collect, what the targets due now wait for, nothing due.
std::string idleReason(const pool::Pool& pool, TargetBook& targets, const pool::Slot& slot, WallTime now);

}  // namespace mtpool::collect
