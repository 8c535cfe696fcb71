// SPDX-License-Identifier: Apache-2.0
// Executor: one connection to a database, as repositories (store/repo) see it. They are written once against
// this; what differs between SQLite and PostgreSQL lies below.
//
// Statements speak the common subset: $1…$n, ON CONFLICT DO UPDATE … excluded, RETURNING, IS DISTINCT FROM,
// CTEs, window functions. Booleans are 0 and 1. A call blocks its thread, so an Executor is used only on the
// thread that was made for it, by one caller at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/result.h"
#include "engine/model/message.h"
#include "engine/store/value.h"

namespace mtpool::store {

/// SQL known when the program was compiled: text from outside can only be a parameter. Its address is the key
/// of the prepared-statement cache, so a Statement is a constant beside the function that runs it.
class Statement {
 public:
  template <std::size_t N>
  consteval Statement(const char (&sql)[N]) : sql_(sql, N - 1) {}  // NOLINT(google-explicit-constructor)

  std::string_view sql() const { return sql_; }

 private:
  std::string_view sql_;
};

using Params = std::initializer_list<Value>;

/// The present row of an answer; valid only inside the call that hands it out. Columns count from 0.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool isNull(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual ByteView bytes(int column) const = 0;

  std::string string(int column) const { return std::string(text(column)); }
};

using RowSink = std::function<void(const Row&)>;

struct UpsertCounts {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
};

class Transaction;

class Executor {
 public:
  virtual ~Executor() = default;

  /// Runs a statement that answers no rows; how many rows it changed.
  virtual Result<std::int64_t> exec(const Statement& statement, Params params) = 0;
  /// Hands each row of the answer to `sink`.
  virtual Result<void> query(const Statement& statement, Params params, const RowSink& sink) = 0;
  /// Writes rows of `messages`: new ones are inserted, those that differ are rewritten and what they replaced
  /// goes to message_versions with `seenAt` (UTC seconds), equal ones are left alone. Inside a transaction.
  virtual Result<UpsertCounts> upsertMessages(std::span<const model::MessageRow> rows,
                                              std::int64_t seenAt) = 0;

  /// The transaction ends with commit(), or is undone when it goes out of scope. Not nested.
  Result<Transaction> begin();

  // For migrations only.
  virtual std::string_view name() const = 0;  // the database, for error texts; no secret
  virtual Result<std::int64_t> schemaVersion() = 0;
  virtual Result<void> setSchemaVersion(std::int64_t version) = 0;
  virtual Result<void> runScript(const std::string& sql) = 0;

 private:
  friend class Transaction;
  virtual Result<void> beginTransaction() = 0;
  /// Durable when it returns without error. After an error the transaction is over and undone.
  virtual Result<void> commitTransaction() = 0;
  virtual void rollbackTransaction() = 0;
};

class [[nodiscard]] Transaction {
 public:
  explicit Transaction(Executor& executor) : executor_(&executor) {}

  Transaction(Transaction&& other) noexcept : executor_(std::exchange(other.executor_, nullptr)) {}

  Transaction& operator=(Transaction&&) = delete;

  ~Transaction() {
    if (executor_ != nullptr) {
      executor_->rollbackTransaction();
    }
  }

  /// Durable when it succeeds; undone when it fails.
  Result<void> commit() { return std::exchange(executor_, nullptr)->commitTransaction(); }

 private:
  Executor* executor_;
};

inline Result<Transaction> Executor::begin() {
  MTP_DO(beginTransaction());
  return Transaction(*this);
}

}  // namespace mtpool::store
