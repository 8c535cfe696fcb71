// SPDX-License-Identifier: Apache-2.0
// StateLock: one engine per state directory, and one per SQLite database. A lock of the kernel on a small
// file (flock), free the moment its process dies, however it dies. The file holds the owner's pid for the
// sentence the second one gets; it is never removed, for a removed lock file can be held twice.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "engine/base/result.h"

namespace mtpool::store {

class StateLock {
 public:
  /// Locks `directory`/engine.lock. Errc::Refused names the directory and the pid that holds it.
  static Result<StateLock> ofDirectory(const std::filesystem::path& directory);
  /// Locks `database`.lock, the owner lock of a SQLite database.
  static Result<StateLock> ofDatabase(const std::filesystem::path& database);

  StateLock(StateLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  StateLock& operator=(StateLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  ~StateLock();

 private:
  explicit StateLock(int fd) : fd_(fd) {}

  static Result<StateLock> take(const std::filesystem::path& file, const std::string& what,
                                const std::string& remedy);

  int fd_;
};

}  // namespace mtpool::store
