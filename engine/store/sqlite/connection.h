// SPDX-License-Identifier: Apache-2.0
// Connection: an open SQLite file with the settings every database of the product has: WAL, synchronous FULL,
// foreign keys, untrusted schema, DEFENSIVE. Made on one thread and then used by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

struct sqlite3;

namespace mtpool::store::sqlite {

enum class Access { Write, Read };

struct ConnectionOptions {
  std::filesystem::path path;
  Access access = Access::Write;
  /// What the file says it is (PRAGMA application_id); a new file gets it, another one is refused.
  std::int32_t applicationId = 0;
  std::chrono::milliseconds busyWait{5000};
  std::int64_t maxPages = 0;  // 0 = no bound
  std::uint32_t mode = 0600;  // of a file made here; SQLite gives it to -wal and -shm as well

  ConnectionOptions() = default;
};

class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// One or many statements without parameters and without answers.
  Result<void> run(const std::string& sql);
  /// A pragma that answers one integer.
  Result<std::int64_t> number(std::string_view sql);

  sqlite3* handle() { return handle_; }

  const std::string& name() const { return name_; }

 private:
  Connection(sqlite3* handle, std::string name) : handle_(handle), name_(std::move(name)) {}

  Result<void> harden(const ConnectionOptions& options);
  Result<void> claim(const ConnectionOptions& options);
  Result<void> configure(const ConnectionOptions& options);

  sqlite3* handle_;
  std::string name_;
};

}  // namespace mtpool::store::sqlite
