// SPDX-License-Identifier: Apache-2.0
#include "engine/store/sqlite/connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/base/text.h"
#include "engine/store/sqlite/failure.h"
#include "engine/store/sqlite/statement.h"

namespace mtpool::store::sqlite {

namespace {

// SQLite would make the file with the umask's mode; made here first, it never is wider than asked.
Result<void> makeFile(const ConnectionOptions& options) {
  const int fd = ::open(options.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, options.mode);
  if (fd < 0) {
    const int cause = errno;
    if (cause == ELOOP) {
      return Error(Errc::Refused,
                   fmt::format("{} is a symbolic link, which anyone who may write its directory "
                               "could point elsewhere: name the database file itself",
                               printable(options.path.string())));
    }
    const Errc code = cause == ENOSPC || cause == EDQUOT ? Errc::StorageFull : Errc::Io;
    return Error(
        code, fmt::format("the database {} cannot be opened for writing ({}): give the service write access "
                          "to the file and its directory, or name another path",
                          printable(options.path.string()), std::strerror(cause)));
  }
  ::close(fd);
  return {};
}

// SQLITE_OPEN_NOFOLLOW refuses links in every part of a path; only the last may not be one.
std::filesystem::path withoutLinks(const std::filesystem::path& path) {
  std::error_code failed;
  const auto folder = std::filesystem::canonical(path.has_parent_path() ? path.parent_path() : ".", failed);
  return failed ? path : folder / path.filename();
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
  MTP_DO(makeFile(options));
  sqlite3* handle = nullptr;
  // A reader opens for writing too: WAL needs it to share the index file. query_only keeps it from writing.
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW;
  const int rc = sqlite3_open_v2(withoutLinks(options.path).c_str(), &handle, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(handle, options.path.string()));
  if (rc != SQLITE_OK) {
    return failure(rc, sqlite3_errstr(rc), connection->name_);
  }
  MTP_DO(connection->harden(options));
  if (options.access == Access::Write) {
    MTP_DO(connection->claim(options));
  }
  MTP_DO(connection->configure(options));
  return connection;
}

Connection::~Connection() {
  sqlite3_close_v2(handle_);
}

// Before the first byte of the schema is looked at: the file may come from anyone (THR-16).
Result<void> Connection::harden(const ConnectionOptions& options) {
  sqlite3_busy_timeout(handle_, static_cast<int>(options.busyWait.count()));
  const int on = 1;
  const int off = 0;
  const bool done =
      sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, on, nullptr) == SQLITE_OK &&
      sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, off, nullptr) == SQLITE_OK &&
      sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, off, nullptr) == SQLITE_OK &&
      sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, off, nullptr) == SQLITE_OK &&
      sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, off, nullptr) == SQLITE_OK;
  if (!done) {
    return lastFailure(handle_, name_);
  }
  return {};
}

Result<void> Connection::claim(const ConnectionOptions& options) {
  MTP_TRY(const std::int64_t found, number("PRAGMA application_id"));
  if (found == options.applicationId) {
    return {};
  }
  MTP_TRY(const std::int64_t objects, number("SELECT count(*) FROM sqlite_schema"));
  if (found != 0 || objects != 0) {
    return Error(Errc::Refused,
                 fmt::format("{} is a database of another kind or program: name another path, mtpool "
                             "does not write into it",
                             printable(name_)));
  }
  return run(fmt::format("PRAGMA application_id = {}", options.applicationId));
}

Result<void> Connection::configure(const ConnectionOptions& options) {
  // cache_size in KiB; the journal shrinks back to 64 MiB after a burst (FLT-08).
  MTP_DO(
      run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
          "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;"
          "PRAGMA journal_size_limit = 67108864"));
  if (options.maxPages > 0) {
    MTP_DO(run(fmt::format("PRAGMA max_page_count = {}", options.maxPages)));
  }
  if (options.access == Access::Read) {
    return run("PRAGMA query_only = ON");
  }
  MTP_TRY(const auto mode, PreparedStatement::prepare(handle_, name_, "PRAGMA journal_mode"));
  MTP_TRY(const bool row, mode->step());
  if (!row || mode->text(0) != "wal") {
    return Error(Errc::Io,
                 fmt::format("{} lies on a filesystem without shared memory, where SQLite cannot keep its "
                             "write-ahead log: put it on a local disk",
                             printable(name_)));
  }
  return {};
}

Result<void> Connection::run(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return lastFailure(handle_, name_);
  }
  return {};
}

Result<std::int64_t> Connection::number(std::string_view sql) {
  MTP_TRY(const auto statement, PreparedStatement::prepare(handle_, name_, sql));
  MTP_TRY(const bool row, statement->step());
  return row ? statement->integer(0) : 0;
}

}  // namespace mtpool::store::sqlite
