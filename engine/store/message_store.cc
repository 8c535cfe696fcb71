// SPDX-License-Identifier: Apache-2.0
#include "engine/store/message_store.h"

#include <system_error>
#include <utility>

#include "engine/base/log.h"
#include "engine/store/commit_writer.h"
#include "engine/store/database_thread.h"
#include "engine/store/database_url.h"
#include "engine/store/migration.h"
#include "engine/store/repo/chats.h"
#include "engine/store/repo/history.h"
#include "engine/store/repo/runs.h"
#include "engine/store/repo/targets.h"
#include "engine/store/sqlite/sqlite_executor.h"
#include "engine/store/state_lock.h"

namespace mtpool::store {

namespace {

constexpr std::int32_t kApplicationId = 0x6d74706d;  // "mtpm"
constexpr std::uint32_t kFileMode = 0640;            // analysts may be let in through the group

CommitLimits limitsOf(const MessageStoreOptions& options) {
  return {options.queuePages, options.queueBytes, options.batchRows, options.batchWait};
}

}  // namespace

class MessageStore::Threads {
 public:
  struct Executors {
    std::unique_ptr<Executor> write;
    std::unique_ptr<Executor> read;
  };

  Threads(StateLock owner, Executors executors, const MessageStoreOptions& options, std::string shownUrl)
      : clock(*options.clock),
        url(std::move(shownUrl)),
        writer(std::move(executors.write), limitsOf(options), clock),
        reader("db-reader", std::move(executors.read)),
        owner_(std::make_unique<StateLock>(std::move(owner))) {}

  void close() {
    writer.close();
    reader.close();
    owner_.reset();  // last: the files are closed
  }

  const Clock& clock;
  const std::string url;
  CommitWriter writer;
  DatabaseThread reader;

 private:
  std::unique_ptr<StateLock> owner_;
};

Result<std::unique_ptr<MessageStore>> MessageStore::open(MessageStoreOptions options) {
  MTP_TRY(const DatabaseUrl url, DatabaseUrl::parse(options.url));
  MTP_TRY(StateLock owner, StateLock::ofDatabase(url.path));
  sqlite::ConnectionOptions connection;
  connection.path = url.path;
  connection.applicationId = kApplicationId;
  connection.busyWait = options.busyWait;
  connection.maxPages = options.maxPages;
  connection.mode = kFileMode;
  MTP_TRY(auto write, sqlite::SqliteExecutor::open(connection));
  MTP_DO(migrate(*write, kSqliteDialect, messageMigrations()));
  MTP_TRY(const std::int64_t killed, endOpenRuns(*write));
  if (killed > 0) {
    log::warn("store", "{} collection runs had no end and were marked killed", killed);
  }
  connection.access = sqlite::Access::Read;
  MTP_TRY(auto read, sqlite::SqliteExecutor::open(connection));
  Threads::Executors executors{std::move(write), std::move(read)};
  auto threads = std::make_unique<Threads>(std::move(owner), std::move(executors), options, url.text());
  return std::unique_ptr<MessageStore>(new MessageStore(std::move(threads)));
}

MessageStore::MessageStore(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

MessageStore::~MessageStore() {
  close();
}

void MessageStore::close() {
  threads_->close();
}

Task<Result<CommitReceipt>> MessageStore::commitHistory(HistoryCommit commit) {
  return threads_->writer.commit(std::move(commit));
}

Task<Result<std::vector<TargetRecord>>> MessageStore::targets() {
  return threads_->reader.call<std::vector<TargetRecord>>(listTargets);
}

Task<Result<TargetRecord>> MessageStore::target(model::TargetId id) {
  auto work = [id](Executor& executor) { return loadTarget(executor, id); };
  return threads_->reader.call<TargetRecord>(std::move(work));
}

Task<Result<std::vector<TargetRecord>>> MessageStore::addTargets(std::vector<model::Target> targets) {
  auto work = [targets = std::move(targets)](Executor& executor) -> Result<std::vector<TargetRecord>> {
    MTP_TRY(auto transaction, executor.begin());
    std::vector<TargetRecord> records;
    for (const model::Target& target : targets) {
      MTP_TRY(TargetRecord record, addTarget(executor, target));
      records.push_back(std::move(record));
    }
    MTP_DO(transaction.commit());
    return records;
  };
  return threads_->writer.call<std::vector<TargetRecord>>(std::move(work));
}

Task<Result<void>> MessageStore::saveTargetState(model::Target target) {
  auto work = [target = std::move(target)](Executor& executor) {
    return updateTargetState(executor, target);
  };
  return threads_->writer.call<void>(std::move(work));
}

Task<Result<void>> MessageStore::saveTargetStates(std::vector<model::Target> targets) {
  auto work = [targets = std::move(targets)](Executor& executor) -> Result<void> {
    MTP_TRY(auto transaction, executor.begin());
    for (const model::Target& target : targets) {
      auto updated = updateTargetState(executor, target);
      if (!updated.ok() && updated.error().code() != Errc::NotFound) {
        return updated;
      }
    }
    return transaction.commit();
  };
  return threads_->writer.call<void>(std::move(work));
}

Task<Result<TargetRecord>> MessageStore::bindTarget(model::TargetId id, model::ChatId chat) {
  auto work = [id, chat](Executor& executor) -> Result<TargetRecord> {
    MTP_TRY(auto transaction, executor.begin());
    MTP_TRY(TargetRecord record, rebindTarget(executor, id, chat));
    MTP_DO(transaction.commit());
    return record;
  };
  return threads_->writer.call<TargetRecord>(std::move(work));
}

Task<Result<void>> MessageStore::removeTarget(model::TargetId id, bool purge) {
  auto work = [id, purge](Executor& executor) -> Result<void> {
    MTP_TRY(auto transaction, executor.begin());
    MTP_DO(deleteTarget(executor, id, purge));
    return transaction.commit();
  };
  return threads_->writer.call<void>(std::move(work));
}

Task<Result<void>> MessageStore::saveChat(model::ChatRow chat) {
  const std::int64_t now = unixSeconds(threads_->clock.wall());
  auto work = [now, chat = std::move(chat)](Executor& executor) { return storeChat(executor, chat, now); };
  return threads_->writer.call<void>(std::move(work));
}

Task<Result<model::SessionId>> MessageStore::startRun(model::CollectionRun run) {
  auto work = [run = std::move(run)](Executor& executor) { return insertRun(executor, run); };
  return threads_->writer.call<model::SessionId>(std::move(work));
}

Task<Result<void>> MessageStore::finishRun(model::CollectionRun run) {
  auto work = [run = std::move(run)](Executor& executor) { return updateRun(executor, run); };
  return threads_->writer.call<void>(std::move(work));
}

Task<Result<model::RunMetrics>> MessageStore::runMetrics() {
  const std::int64_t now = unixSeconds(threads_->clock.wall());
  auto work = [now](Executor& executor) { return measureRuns(executor, now); };
  return threads_->reader.call<model::RunMetrics>(std::move(work));
}

WriterStats MessageStore::stats() const {
  return threads_->writer.stats();
}

const std::string& MessageStore::url() const {
  return threads_->url;
}

}  // namespace mtpool::store
