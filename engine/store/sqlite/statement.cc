// SPDX-License-Identifier: Apache-2.0
#include "engine/store/sqlite/statement.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "engine/base/check.h"
#include "engine/store/sqlite/failure.h"

namespace mtpool::store::sqlite {

Result<std::unique_ptr<PreparedStatement>> PreparedStatement::prepare(sqlite3* connection,
                                                                      const std::string& database,
                                                                      std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (rc != SQLITE_OK) {
    return lastFailure(connection, database);
  }
  MTP_CHECK(statement != nullptr);
  return std::unique_ptr<PreparedStatement>(new PreparedStatement(connection, database, statement));
}

PreparedStatement::PreparedStatement(sqlite3* connection, const std::string& database,
                                     sqlite3_stmt* statement)
    : connection_(connection), database_(database), statement_(statement) {
  const int count = sqlite3_bind_parameter_count(statement);
  for (int n = 1; n <= count; ++n) {
    const int dollar = sqlite3_bind_parameter_index(statement, fmt::format("${}", n).c_str());
    places_.push_back(dollar != 0 ? dollar : n);
  }
}

PreparedStatement::~PreparedStatement() {
  sqlite3_finalize(statement_);
}

Result<void> PreparedStatement::bind(int n, const Value& value) {
  MTP_CHECK(n >= 1 && static_cast<std::size_t>(n) <= places_.size());
  const int place = places_[static_cast<std::size_t>(n) - 1];
  int rc = SQLITE_OK;
  switch (value.type()) {
    case Value::Type::Null:
      rc = sqlite3_bind_null(statement_, place);
      break;
    case Value::Type::Integer:
      rc = sqlite3_bind_int64(statement_, place, value.integer());
      break;
    case Value::Type::Real:
      rc = sqlite3_bind_double(statement_, place, value.real());
      break;
    case Value::Type::Text: {
      // A null pointer would bind NULL; an empty text is not absent.
      const auto chars = value.chars();
      rc = sqlite3_bind_text64(statement_, place, chars.data() == nullptr ? "" : chars.data(), chars.size(),
                               SQLITE_STATIC, SQLITE_UTF8);
      break;
    }
    case Value::Type::Blob: {
      const auto chars = value.chars();
      rc = chars.empty() ? sqlite3_bind_zeroblob(statement_, place, 0)
                         : sqlite3_bind_blob64(statement_, place, chars.data(), chars.size(), SQLITE_STATIC);
      break;
    }
  }
  if (rc != SQLITE_OK) {
    return lastFailure(connection_, database_);
  }
  return {};
}

Result<void> PreparedStatement::bindAll(Params params) {
  MTP_CHECK(params.size() == places_.size());
  int n = 0;
  for (const Value& value : params) {
    MTP_DO(bind(++n, value));
  }
  return {};
}

Result<bool> PreparedStatement::step() {
  const int rc = sqlite3_step(statement_);
  if (rc == SQLITE_ROW) {
    return true;
  }
  if (rc == SQLITE_DONE) {
    return false;
  }
  return lastFailure(connection_, database_);
}

void PreparedStatement::reset() {
  sqlite3_reset(statement_);
}

void PreparedStatement::clear() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool PreparedStatement::isNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t PreparedStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double PreparedStatement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view PreparedStatement::text(int column) const {
  const auto* chars = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (chars == nullptr) {
    return {};
  }
  return {chars, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView PreparedStatement::bytes(int column) const {
  const auto* data = static_cast<const Byte*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) {
    return {};
  }
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace mtpool::store::sqlite
