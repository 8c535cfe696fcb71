// SPDX-License-Identifier: Apache-2.0
#include "engine/store/state_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "engine/base/text.h"

namespace mtpool::store {

namespace {

std::string holderOf(int fd) {
  std::array<char, 32> text{};
  const ssize_t n = ::pread(fd, text.data(), text.size() - 1, 0);
  const auto pid = parseInt(trim(std::string_view(text.data(), n > 0 ? static_cast<std::size_t>(n) : 0)));
  return pid ? fmt::format("process {}", *pid) : "another process";
}

}  // namespace

Result<StateLock> StateLock::ofDirectory(const std::filesystem::path& directory) {
  return take(directory / "engine.lock", "the state directory " + printable(directory.string()),
              "set another MTPOOL_STATE_DIR");
}

Result<StateLock> StateLock::ofDatabase(const std::filesystem::path& database) {
  return take(database.string() + ".lock", "the database " + printable(database.string()),
              "set another DATABASE_URL");
}

Result<StateLock> StateLock::take(const std::filesystem::path& file, const std::string& what,
                                  const std::string& remedy) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    return Error(Errc::Io,
                 fmt::format("the lock file {} cannot be opened ({}): give the service write access to its "
                             "directory, or {}",
                             printable(file.string()), std::strerror(errno), remedy));
  }
  StateLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const int cause = errno;
    if (cause != EWOULDBLOCK) {
      return Error(Errc::Io, fmt::format("{} cannot be locked ({}): put it on a local disk", what,
                                         std::strerror(cause)));
    }
    return Error(Errc::Refused, fmt::format("{} is in use by {}: stop that engine first, or {}", what,
                                            holderOf(fd), remedy));
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  // Only for the sentence above; a full disk must not keep the engine from starting.
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.data(), pid.size(), 0) < 0) {
    errno = 0;
  }
  return lock;
}

StateLock::~StateLock() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

}  // namespace mtpool::store
