// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migration.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace mtpool::store {

// AUTOINCREMENT: an id is never given twice, so a wait or a log line can't point at a later account.
constexpr Dialect kSqliteDialect{
    .identity = "INTEGER PRIMARY KEY AUTOINCREMENT",
    .bigint = "INTEGER",
    .real = "REAL",
    .bytes = "BLOB",
    .time = "INTEGER",
    .options = "STRICT",
};

namespace {

std::string spell(std::string_view sql, const Dialect& dialect) {
  const std::array<std::pair<std::string_view, std::string_view>, 6> tokens{{
      {"{{identity}}", dialect.identity},
      {"{{bigint}}", dialect.bigint},
      {"{{real}}", dialect.real},
      {"{{bytes}}", dialect.bytes},
      {"{{time}}", dialect.time},
      {"{{options}}", dialect.options},
  }};
  std::string out(sql);
  for (const auto& [token, text] : tokens) {
    for (auto at = out.find(token); at != std::string::npos; at = out.find(token, at + text.size())) {
      out.replace(at, token.size(), text);
    }
  }
  return out;
}

Result<void> apply(Executor& executor, const Dialect& dialect, const Migration& step) {
  const std::string sql = spell(step.sql, dialect);
  if (!step.inTransaction) {
    // Such a step must be repeatable: a crash between its end and its number runs it again.
    MTP_DO(executor.runScript(sql));
    return executor.setSchemaVersion(step.number);
  }
  MTP_TRY(auto transaction, executor.begin());
  MTP_DO(executor.runScript(sql));
  MTP_DO(executor.setSchemaVersion(step.number));
  return transaction.commit();
}

}  // namespace

Result<MigrationReport> migrate(Executor& executor, const Dialect& dialect,
                                std::span<const Migration> steps) {
  const std::int64_t newest = steps.empty() ? 0 : steps.back().number;
  MTP_TRY(const std::int64_t present, executor.schemaVersion());
  if (present > newest) {
    return Error(
        Errc::Refused,
        fmt::format("{} has schema version {}, this program knows only {}: start the newer mtpool that "
                    "wrote it, or restore a backup made before the upgrade",
                    executor.name(), present, newest));
  }
  for (const Migration& step : steps) {
    if (step.number <= present) {
      continue;
    }
    if (auto applied = apply(executor, dialect, step); !applied.ok()) {
      return std::move(applied).error().in(fmt::format("migration {}", step.name));
    }
  }
  return MigrationReport{present, newest};
}

}  // namespace mtpool::store
