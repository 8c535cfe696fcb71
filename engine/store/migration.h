// SPDX-License-Identifier: Apache-2.0
// Numbered migrations: how a database of any older version becomes one of this version. The texts lie in
// sql/<database>/NNNN_name.sql and are compiled in; a fresh database walks the same steps as an old one, so
// both end equal.
//
// What the engines spell differently is a token in the text ({{bytes}}), replaced from the Dialect. A file
// whose first line is "-- transaction: none" runs outside a transaction (PostgreSQL's concurrent indexes).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/store/executor.h"

namespace mtpool::store {

struct Dialect {
  std::string_view identity;  // type and constraint of a generated row id
  std::string_view bigint;
  std::string_view real;
  std::string_view bytes;
  std::string_view time;     // a point in time of the message database, UTC seconds in SQLite
  std::string_view options;  // after the closing bracket of CREATE TABLE
};

extern const Dialect kSqliteDialect;

struct Migration {
  std::int64_t number = 0;  // 1, 2, 3 … without gaps
  std::string_view name;
  std::string_view sql;
  bool inTransaction = true;
};

/// The steps of the two databases.
std::span<const Migration> messageMigrations();
std::span<const Migration> stateMigrations();

struct MigrationReport {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

/// Applies what is missing, each step together with its number in one transaction, so that a process killed
/// between two steps goes on with the next one. Errc::Refused when the database is newer than this program.
Result<MigrationReport> migrate(Executor& executor, const Dialect& dialect, std::span<const Migration> steps);

}  // namespace mtpool::store
