// SPDX-License-Identifier: Apache-2.0
// StateStore: state.db in the state directory (SQLite, synchronous FULL, 0600): accounts with their sealed
// keys, waits, configuration history, the peers each account knows.
//
// Owned by the composition root; every Task may be awaited from any shard and resumes there; the work is done
// on one thread of the store. The shards that await it must run until close() has returned.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/model/account.h"
#include "engine/model/wait.h"
#include "engine/store/master_key.h"

namespace mtpool::store {

/// An account as loaded. When one of its records was damaged, moved from another account or sealed under
/// another master key, `keys` is empty and `damage` says so; other accounts are unaffected.
struct StoredAccount {
  model::Account account;
  model::AccountKeys keys;
  std::optional<Error> damage;
};

using model::Wait;

struct ConfigChange {
  std::string key;
  std::string before;  // secrets masked by the caller
  std::string after;
  std::string who;
  std::string comment;
  WallTime at{};
  std::int64_t version = 0;  // given by the store: one per call of addConfigChanges
};

/// What an account was told about a chat; access hashes are per account.
struct Peer {
  model::AccountId account;
  std::string username;  // without @, compared without regard to case
  model::ChatId chat;
  std::int64_t accessHash = 0;
  WallTime at{};
};

struct StateStoreOptions {
  std::filesystem::path directory;      // made 0700 when absent
  std::filesystem::path masterKeyFile;  // empty = directory/master.key
  Random* random = nullptr;             // both outlive the store
  const Clock* clock = nullptr;

  StateStoreOptions() = default;
};

class StateStore {
 public:
  /// Blocks: makes the directory, takes its lock, opens or creates state.db, loads or makes the master key.
  /// Errc::Refused for a second engine, a directory others may enter, a newer schema, a missing key.
  static Result<std::unique_ptr<StateStore>> open(StateStoreOptions options);
  ~StateStore();

  /// Finishes what was asked for and stops the thread; afterwards Cancelled. Blocks. Idempotent.
  void close();

  /// Where the master key came from; its `created` is for the line on the first start.
  const MasterKeyFile& masterKey() const;

  Task<Result<std::vector<StoredAccount>>> accounts();
  /// Account and keys in one transaction; the id it got. AlreadyExists names the alias.
  Task<Result<model::AccountId>> addAccount(model::Account account, model::AccountKeys keys);
  /// Writes every column but the alias.
  Task<Result<void>> saveAccount(model::Account account);
  /// With its keys, peers and waits.
  Task<Result<void>> removeAccount(model::AccountId id);

  /// Replaces all keys of the account: a new login.
  Task<Result<void>> saveKeys(model::AccountId id, model::AccountKeys keys);
  /// The salt alone; it changes every half hour and is no secret.
  Task<Result<void>> saveSalt(model::AccountId id, std::int32_t dc, std::uint64_t salt);

  /// All that have not ended; loaded before the first call to Telegram.
  Task<Result<std::vector<Wait>>> waits();
  /// Durable before the caller sleeps. A wait is only ever made longer.
  Task<Result<void>> saveWait(Wait wait);

  /// One version for all of them, which it answers.
  Task<Result<std::int64_t>> addConfigChanges(std::vector<ConfigChange> changes);

  Task<Result<std::optional<Peer>>> peer(model::AccountId account, std::string username);
  Task<Result<void>> savePeer(Peer peer);
  Task<Result<void>> removePeer(model::AccountId account, model::ChatId chat);

 private:
  class Thread;
  explicit StateStore(std::unique_ptr<Thread> thread);
  std::unique_ptr<Thread> thread_;
};

}  // namespace mtpool::store
