// SPDX-License-Identifier: Apache-2.0
// SqliteExecutor: Executor on one SQLite connection, with its prepared statements.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "engine/store/executor.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/message_upsert.h"
#include "engine/store/sqlite/statement.h"

namespace mtpool::store::sqlite {

class SqliteExecutor final : public Executor {
 public:
  static Result<std::unique_ptr<SqliteExecutor>> open(const ConnectionOptions& options);

  Result<std::int64_t> exec(const Statement& statement, Params params) override;
  Result<void> query(const Statement& statement, Params params, const RowSink& sink) override;
  Result<UpsertCounts> upsertMessages(std::span<const model::MessageRow> rows, std::int64_t seenAt) override;

  std::string_view name() const override { return connection_->name(); }

  Result<std::int64_t> schemaVersion() override;
  Result<void> setSchemaVersion(std::int64_t version) override;

  Result<void> runScript(const std::string& sql) override { return connection_->run(sql); }

 private:
  explicit SqliteExecutor(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Result<void> beginTransaction() override;
  Result<void> commitTransaction() override;
  void rollbackTransaction() override;
  Result<PreparedStatement*> prepared(const Statement& statement);

  std::unique_ptr<Connection> connection_;
  // By the address of the SQL text, which is a constant of the program.
  std::unordered_map<const char*, std::unique_ptr<PreparedStatement>> statements_;
  std::unique_ptr<MessageUpsert> upsert_;
};

}  // namespace mtpool::store::sqlite
