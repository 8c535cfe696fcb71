// SPDX-License-Identifier: Apache-2.0
// MessageUpsert: rows into `messages`, the hottest statement of the product. New rows cost one statement;
// only a row that exists already is compared, and only one that differs is rewritten.
#pragma once

#include <memory>
#include <span>

#include "engine/model/message.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/statement.h"

namespace mtpool::store::sqlite {

class MessageUpsert {
 public:
  static Result<std::unique_ptr<MessageUpsert>> prepare(Connection& connection);

  /// Inside a transaction. Views of the rows are looked at during the call, never copied.
  Result<UpsertCounts> write(std::span<const model::MessageRow> rows, std::int64_t seenAt);

 private:
  explicit MessageUpsert(Connection& connection) : connection_(connection) {}

  enum class Stored { Absent, Equal, CountersDiffer, ContentDiffers };

  Result<bool> insert(const model::MessageRow& row);
  Result<Stored> compare(const model::MessageRow& row);
  Result<void> keepReplaced(const model::MessageRow& row, std::int64_t seenAt, bool content);
  Result<void> rewrite(const model::MessageRow& row);
  Result<std::int64_t> run(PreparedStatement& statement);
  Result<void> writeRow(const model::MessageRow& row, std::int64_t seenAt, UpsertCounts& counts);

  Connection& connection_;
  // What the row before was: pages are mostly all new or all known, and a known one costs half if the
  // insert isn't tried first.
  bool expectKnown_ = false;
  std::unique_ptr<PreparedStatement> insert_;
  std::unique_ptr<PreparedStatement> find_;
  std::unique_ptr<PreparedStatement> keep_;
  std::unique_ptr<PreparedStatement> rewrite_;
};

}  // namespace mtpool::store::sqlite
