// SPDX-License-Identifier: Apache-2.0
// A page of history into its tables: rows, what they replaced, cursor, coverage, chat, dead letters.
#pragma once

#include <cstdint>

#include "engine/store/executor.h"
#include "engine/store/history_commit.h"

namespace mtpool::store {

/// Inside a transaction, which the caller commits. Refused (the cursor moved, or the target stands for
/// another chat), NotFound (no such target) and InvalidArgument (rows of another chat) are found before
/// anything is written; after any other error the transaction must be undone. Sorts the rows of the page and
/// replaces NUL in them. `now` in UTC seconds.
Result<CommitReceipt> storeHistory(Executor& executor, HistoryCommit& commit, std::int64_t now);

}  // namespace mtpool::store
