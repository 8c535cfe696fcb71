// SPDX-License-Identifier: Apache-2.0
// The table `targets`.
#pragma once

#include <vector>

#include "engine/store/executor.h"
#include "engine/store/message_store.h"

namespace mtpool::store {

/// See MessageStore::addTargets, for one of them. Inside a transaction.
Result<TargetRecord> addTarget(Executor& executor, const model::Target& target);
Result<void> updateTargetState(Executor& executor, const model::Target& target);
/// See MessageStore::bindTarget. Inside a transaction.
Result<TargetRecord> rebindTarget(Executor& executor, model::TargetId id, model::ChatId chat);
/// See MessageStore::removeTarget. Inside a transaction.
Result<void> deleteTarget(Executor& executor, model::TargetId id, bool purge);

Result<std::vector<TargetRecord>> listTargets(Executor& executor);
Result<TargetRecord> loadTarget(Executor& executor, model::TargetId id);

}  // namespace mtpool::store
