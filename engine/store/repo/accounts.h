// SPDX-License-Identifier: Apache-2.0
// The tables `accounts` and `account_keys`. Keys leave here sealed: each under a key derived from the master
// key and the record's own account, data centre and version, so that no record can stand in for another.
#pragma once

#include <vector>

#include "engine/base/random.h"
#include "engine/store/executor.h"
#include "engine/store/state_store.h"

namespace mtpool::store {

/// What sealing needs; both outlive the call.
struct Sealer {
  const crypto::MasterKey& master;
  Random& random;
};

Result<bool> hasSealedKeys(Executor& executor);

Result<std::vector<StoredAccount>> listAccounts(Executor& executor, const crypto::MasterKey& master);
/// AlreadyExists names the alias. Inside a transaction.
Result<model::AccountId> insertAccount(Executor& executor, const model::Account& account);
Result<void> updateAccount(Executor& executor, const model::Account& account);
/// With keys, peers and waits. Inside a transaction.
Result<void> deleteAccount(Executor& executor, model::AccountId id);

Result<void> storeKey(Executor& executor, const Sealer& sealer, model::AccountId id, std::int32_t dc,
                      const model::DcKey& key);
/// Inside a transaction.
Result<void> replaceKeys(Executor& executor, const Sealer& sealer, model::AccountId id,
                         const model::AccountKeys& keys);
Result<void> updateSalt(Executor& executor, model::AccountId id, std::int32_t dc, std::uint64_t salt);

}  // namespace mtpool::store
