// SPDX-License-Identifier: Apache-2.0
// The table `config_history`: who changed which setting, when and why.
#pragma once

#include <vector>

#include "engine/store/executor.h"
#include "engine/store/state_store.h"

namespace mtpool::store {

/// One version for all; the version. Inside a transaction.
Result<std::int64_t> insertConfigChanges(Executor& executor, const std::vector<ConfigChange>& changes);

}  // namespace mtpool::store
