// SPDX-License-Identifier: Apache-2.0
#include "engine/store/sqlite/sqlite_executor.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/store/sqlite/failure.h"

namespace mtpool::store::sqlite {

namespace {

/// Leaves a cached statement without a running read and without pointers, however the call ended.
class InUse {
 public:
  explicit InUse(PreparedStatement& statement) : statement_(statement) {}

  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;

  ~InUse() { statement_.clear(); }

 private:
  PreparedStatement& statement_;
};

}  // namespace

Result<std::unique_ptr<SqliteExecutor>> SqliteExecutor::open(const ConnectionOptions& options) {
  MTP_TRY(auto connection, Connection::open(options));
  return std::unique_ptr<SqliteExecutor>(new SqliteExecutor(std::move(connection)));
}

Result<PreparedStatement*> SqliteExecutor::prepared(const Statement& statement) {
  auto& place = statements_[statement.sql().data()];
  if (!place) {
    MTP_TRY(place, PreparedStatement::prepare(connection_->handle(), connection_->name(), statement.sql()));
  }
  return place.get();
}

Result<std::int64_t> SqliteExecutor::exec(const Statement& statement, Params params) {
  MTP_TRY(auto* run, prepared(statement));
  const InUse use(*run);
  MTP_DO(run->bindAll(params));
  MTP_TRY(const bool row, run->step());
  MTP_CHECK(!row);
  return sqlite3_changes64(connection_->handle());
}

Result<void> SqliteExecutor::query(const Statement& statement, Params params, const RowSink& sink) {
  MTP_TRY(auto* run, prepared(statement));
  const InUse use(*run);
  MTP_DO(run->bindAll(params));
  for (;;) {
    MTP_TRY(const bool row, run->step());
    if (!row) {
      return {};
    }
    sink(*run);
  }
}

Result<UpsertCounts> SqliteExecutor::upsertMessages(std::span<const model::MessageRow> rows,
                                                    std::int64_t seenAt) {
  if (!upsert_) {
    MTP_TRY(upsert_, MessageUpsert::prepare(*connection_));
  }
  return upsert_->write(rows, seenAt);
}

Result<std::int64_t> SqliteExecutor::schemaVersion() {
  return connection_->number("PRAGMA user_version");
}

Result<void> SqliteExecutor::setSchemaVersion(std::int64_t version) {
  return connection_->run(fmt::format("PRAGMA user_version = {}", version));
}

// IMMEDIATE: the write lock is waited for here, where nothing is done yet, never half-way.
Result<void> SqliteExecutor::beginTransaction() {
  constexpr Statement kBegin = "BEGIN IMMEDIATE";
  MTP_DO(exec(kBegin, {}));
  return {};
}

Result<void> SqliteExecutor::commitTransaction() {
  constexpr Statement kCommit = "COMMIT";
  auto committed = exec(kCommit, {});
  if (!committed.ok()) {
    rollbackTransaction();
    return std::move(committed).error();
  }
  return {};
}

void SqliteExecutor::rollbackTransaction() {
  // SQLite has rolled back by itself after some failures (full disk, i/o); then there is nothing to undo.
  if (sqlite3_get_autocommit(connection_->handle()) == 0) {
    sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

}  // namespace mtpool::store::sqlite
