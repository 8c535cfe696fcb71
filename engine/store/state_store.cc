// SPDX-License-Identifier: Apache-2.0
#include "engine/store/state_store.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "engine/base/text.h"
#include "engine/store/database_thread.h"
#include "engine/store/migration.h"
#include "engine/store/repo/accounts.h"
#include "engine/store/repo/config_history.h"
#include "engine/store/repo/peers.h"
#include "engine/store/repo/waits.h"
#include "engine/store/sqlite/sqlite_executor.h"
#include "engine/store/state_lock.h"

namespace mtpool::store {

namespace {

constexpr std::int32_t kApplicationId = 0x6d747073;  // "mtps"

Result<void> makeDirectory(const std::filesystem::path& directory) {
  std::error_code failed;
  if (directory.has_parent_path()) {
    std::filesystem::create_directories(directory.parent_path(), failed);
  }
  if (!failed && ::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    failed = std::error_code(errno, std::generic_category());
  }

  struct stat info {};

  if (!failed && ::stat(directory.c_str(), &info) != 0) {
    failed = std::error_code(errno, std::generic_category());
  }
  const std::string name = printable(directory.string());
  if (failed) {
    return Error(Errc::Io,
                 fmt::format("the state directory {} cannot be made or entered ({}): give the service write "
                             "access, or set MTPOOL_STATE_DIR",
                             name, failed.message()));
  }
  if (info.st_uid != ::geteuid()) {
    return Error(Errc::Refused,
                 fmt::format("the state directory {} belongs to another user (uid {}): chown it to the user "
                             "who runs the engine, or set MTPOOL_STATE_DIR",
                             name, info.st_uid));
  }
  if ((info.st_mode & 0077U) != 0) {
    return Error(Errc::Refused,
                 fmt::format("the state directory {} is open to others (mode {:04o}): chmod 0700 it, it "
                             "holds the keys of the accounts",
                             name, info.st_mode & 07777U));
  }
  return {};
}

/// Runs `work` in a transaction and answers what it answered.
template <class T, class Work>
Result<T> inTransaction(Executor& executor, const Work& work) {
  MTP_TRY(auto transaction, executor.begin());
  Result<T> done = work();
  if (done.ok()) {
    MTP_DO(transaction.commit());
  }
  return done;
}

}  // namespace

class StateStore::Thread {
 public:
  Thread(StateLock owner, MasterKeyFile key, std::unique_ptr<Executor> executor,
         const StateStoreOptions& options)
      : masterKey(std::move(key)),
        clock(*options.clock),
        sealer{masterKey.key, *options.random},
        database("db-state", std::move(executor)),
        owner_(std::make_unique<StateLock>(std::move(owner))) {}

  void close() {
    database.close();
    owner_.reset();
  }

  const MasterKeyFile masterKey;
  const Clock& clock;
  const Sealer sealer;
  DatabaseThread database;

 private:
  std::unique_ptr<StateLock> owner_;
};

Result<std::unique_ptr<StateStore>> StateStore::open(StateStoreOptions options) {
  MTP_DO(makeDirectory(options.directory));
  MTP_TRY(StateLock owner, StateLock::ofDirectory(options.directory));
  sqlite::ConnectionOptions connection;
  connection.path = options.directory / "state.db";
  connection.applicationId = kApplicationId;
  MTP_TRY(auto executor, sqlite::SqliteExecutor::open(connection));
  MTP_DO(migrate(*executor, kSqliteDialect, stateMigrations()));
  MTP_TRY(const bool sealed, hasSealedKeys(*executor));
  const auto keyFile =
      options.masterKeyFile.empty() ? options.directory / "master.key" : options.masterKeyFile;
  MTP_TRY(MasterKeyFile key, loadMasterKey(keyFile, !sealed, *options.random));
  auto thread = std::make_unique<Thread>(std::move(owner), std::move(key), std::move(executor), options);
  return std::unique_ptr<StateStore>(new StateStore(std::move(thread)));
}

StateStore::StateStore(std::unique_ptr<Thread> thread) : thread_(std::move(thread)) {}

StateStore::~StateStore() {
  close();
}

void StateStore::close() {
  thread_->close();
}

const MasterKeyFile& StateStore::masterKey() const {
  return thread_->masterKey;
}

Task<Result<std::vector<StoredAccount>>> StateStore::accounts() {
  auto work = [this](Executor& executor) { return listAccounts(executor, thread_->masterKey.key); };
  return thread_->database.call<std::vector<StoredAccount>>(std::move(work));
}

Task<Result<model::AccountId>> StateStore::addAccount(model::Account account, model::AccountKeys keys) {
  auto work = [this, account = std::move(account), keys = std::move(keys)](Executor& executor) {
    return inTransaction<model::AccountId>(executor, [&]() -> Result<model::AccountId> {
      MTP_TRY(const model::AccountId id, insertAccount(executor, account));
      MTP_DO(replaceKeys(executor, thread_->sealer, id, keys));
      return id;
    });
  };
  return thread_->database.call<model::AccountId>(std::move(work));
}

Task<Result<void>> StateStore::saveAccount(model::Account account) {
  auto work = [account = std::move(account)](Executor& executor) { return updateAccount(executor, account); };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<void>> StateStore::removeAccount(model::AccountId id) {
  auto work = [id](Executor& executor) {
    return inTransaction<void>(executor, [&] { return deleteAccount(executor, id); });
  };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<void>> StateStore::saveKeys(model::AccountId id, model::AccountKeys keys) {
  auto work = [this, id, keys = std::move(keys)](Executor& executor) {
    return inTransaction<void>(executor, [&] { return replaceKeys(executor, thread_->sealer, id, keys); });
  };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<void>> StateStore::saveSalt(model::AccountId id, std::int32_t dc, std::uint64_t salt) {
  auto work = [id, dc, salt](Executor& executor) { return updateSalt(executor, id, dc, salt); };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<std::vector<Wait>>> StateStore::waits() {
  auto work = [now = thread_->clock.wall()](Executor& executor) { return listWaits(executor, now); };
  return thread_->database.call<std::vector<Wait>>(std::move(work));
}

Task<Result<void>> StateStore::saveWait(Wait wait) {
  auto work = [now = thread_->clock.wall(), wait = std::move(wait)](Executor& executor) {
    return inTransaction<void>(executor, [&] { return storeWait(executor, wait, now); });
  };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<std::int64_t>> StateStore::addConfigChanges(std::vector<ConfigChange> changes) {
  auto work = [changes = std::move(changes)](Executor& executor) {
    return inTransaction<std::int64_t>(executor, [&] { return insertConfigChanges(executor, changes); });
  };
  return thread_->database.call<std::int64_t>(std::move(work));
}

Task<Result<std::optional<Peer>>> StateStore::peer(model::AccountId account, std::string username) {
  auto work = [account, username = std::move(username)](Executor& executor) {
    return findPeer(executor, account, username);
  };
  return thread_->database.call<std::optional<Peer>>(std::move(work));
}

Task<Result<void>> StateStore::savePeer(Peer peer) {
  auto work = [peer = std::move(peer)](Executor& executor) {
    return inTransaction<void>(executor, [&] { return storePeer(executor, peer); });
  };
  return thread_->database.call<void>(std::move(work));
}

Task<Result<void>> StateStore::removePeer(model::AccountId account, model::ChatId chat) {
  auto work = [account, chat](Executor& executor) { return deletePeer(executor, account, chat); };
  return thread_->database.call<void>(std::move(work));
}

}  // namespace mtpool::store
