// SPDX-License-Identifier: Apache-2.0
// The table `collection_runs`: one row per session (F021, F241).
#pragma once

#include "engine/model/session.h"
#include "engine/store/executor.h"

namespace mtpool::store {

Result<model::SessionId> insertRun(Executor& executor, const model::CollectionRun& run);
/// NotFound when there is no such run.
Result<void> updateRun(Executor& executor, const model::CollectionRun& run);
/// Gives runs without an outcome the outcome `killed`; how many there were.
Result<std::int64_t> endOpenRuns(Executor& executor);

/// Over ended runs; averages leave out killed ones, whose last figures are not known. `now` in UTC seconds.
Result<model::RunMetrics> measureRuns(Executor& executor, std::int64_t now);

}  // namespace mtpool::store
