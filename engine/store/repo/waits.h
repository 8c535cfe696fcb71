// SPDX-License-Identifier: Apache-2.0
// The table `waits` (W03): pauses that outlive the process.
#pragma once

#include <vector>

#include "engine/store/executor.h"
#include "engine/store/state_store.h"

namespace mtpool::store {

/// Keeps the later end when there is one already. Drops waits that ended before `now`.
Result<void> storeWait(Executor& executor, const Wait& wait, WallTime now);

Result<std::vector<Wait>> listWaits(Executor& executor, WallTime now);

}  // namespace mtpool::store
