// SPDX-License-Identifier: Apache-2.0
// Coverage: which message ids of a chat were proven read, empty ids included.
#pragma once

#include "engine/store/executor.h"
#include "engine/store/history_commit.h"

namespace mtpool::store {

/// Joins the range with those it overlaps or touches: what is stored is disjoint. Inside a transaction.
Result<void> addCoverage(Executor& executor, model::ChatId chat, std::int64_t boxId, IdRange range);

}  // namespace mtpool::store
