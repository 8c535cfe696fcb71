// SPDX-License-Identifier: Apache-2.0
// PreparedStatement: one compiled statement of a connection, reused for every call. Used by the thread of its
// connection only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/store/executor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mtpool::store::sqlite {

class PreparedStatement final : public Row {
 public:
  /// Compiles exactly one statement. `database` is for error texts and outlives it, as does the connection.
  static Result<std::unique_ptr<PreparedStatement>> prepare(sqlite3* connection, const std::string& database,
                                                            std::string_view sql);
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;
  ~PreparedStatement() override;

  /// Parameter $n or ?n of the text. Text and bytes are looked at until reset().
  Result<void> bind(int n, const Value& value);
  Result<void> bindAll(Params params);

  /// True while there is a row to read.
  Result<bool> step();
  /// Ends the run. The step's own error was already told, so reset has none.
  void reset();
  /// Forgets what was bound: nothing points at memory of the caller any more.
  void clear();

  bool isNull(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  ByteView bytes(int column) const override;

  sqlite3_stmt* handle() { return statement_; }

 private:
  PreparedStatement(sqlite3* connection, const std::string& database, sqlite3_stmt* statement);

  sqlite3* connection_;
  const std::string& database_;
  sqlite3_stmt* statement_;
  // SQLite numbers $n by first appearance: places_[n - 1] is where $n went.
  std::vector<int> places_;
};

}  // namespace mtpool::store::sqlite
