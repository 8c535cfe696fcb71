// SPDX-License-Identifier: Apache-2.0
#include "engine/store/master_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/base/bytes.h"
#include "engine/base/text.h"

namespace mtpool::store {

namespace {

class File {
 public:
  explicit File(int fd) : fd_(fd) {}

  File(const File&) = delete;
  File& operator=(const File&) = delete;

  ~File() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  int fd() const { return fd_; }

 private:
  int fd_;
};

Error ioError(const std::filesystem::path& path, std::string_view doing, int cause) {
  const Errc code = cause == ENOSPC || cause == EDQUOT ? Errc::StorageFull : Errc::Io;
  return {code, fmt::format("the master key file {} cannot be {} ({}): give the service access to it and its "
                            "directory, or set MTPOOL_MASTER_KEY_FILE",
                            printable(path.string()), doing, std::strerror(cause))};
}

// systemd hands a credential to an unprivileged service as a file of root's, readable through an ACL that
// shows as the group's bits.
bool othersMayRead(const struct stat& info) {
  const bool credential = info.st_uid == 0 && ::geteuid() != 0;
  return (info.st_mode & (credential ? 0037U : 0077U)) != 0;
}

Result<crypto::MasterKey> readKey(const std::filesystem::path& path, int fd) {
  struct stat info {};

  if (::fstat(fd, &info) != 0) {
    return ioError(path, "read", errno);
  }
  if (othersMayRead(info)) {
    return Error(Errc::Refused,
                 fmt::format("the master key file {} may be read by others (mode {:04o}): chmod 0400 it",
                             printable(path.string()), info.st_mode & 07777U));
  }
  if (info.st_size != static_cast<off_t>(kMasterKeyBytes)) {
    return Error(Errc::Refused,
                 fmt::format("the master key file {} has {} bytes, a key has {}: restore it from its "
                             "backup",
                             printable(path.string()), info.st_size, kMasterKeyBytes));
  }
  crypto::MasterKey key(Bytes(kMasterKeyBytes, 0));
  if (::pread(fd, key.revealMutable().data(), kMasterKeyBytes, 0) != static_cast<ssize_t>(kMasterKeyBytes)) {
    return ioError(path, "read", errno);
  }
  return key;
}

Result<void> syncDirectory(const std::filesystem::path& path) {
  const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const File directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.fd() < 0 || ::fsync(directory.fd()) != 0) {
    return ioError(path, "written", errno);
  }
  return {};
}

// Complete or absent: a key half written would lock the accounts out for good. link() refuses to replace a
// key that came to be in between.
Result<void> writeKey(const std::filesystem::path& path, const crypto::MasterKey& key) {
  const std::filesystem::path aside = path.string() + ".new";
  ::unlink(aside.c_str());
  const File file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400));
  if (file.fd() < 0) {
    return ioError(path, "written", errno);
  }
  const Bytes& bytes = key.reveal();
  const bool written = ::write(file.fd(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                       ::fsync(file.fd()) == 0 && ::link(aside.c_str(), path.c_str()) == 0;
  const int cause = errno;
  ::unlink(aside.c_str());
  if (!written) {
    return ioError(path, "written", cause);
  }
  return syncDirectory(path);
}

}  // namespace

Result<MasterKeyFile> loadMasterKey(const std::filesystem::path& path, bool mayCreate, Random& random) {
  {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd() >= 0) {
      MTP_TRY(crypto::MasterKey key, readKey(path, file.fd()));
      return MasterKeyFile{std::move(key), path, false};
    }
    if (errno != ENOENT) {
      return ioError(path, "read", errno);
    }
  }
  if (!mayCreate) {
    return Error(Errc::Refused,
                 fmt::format("the master key file {} is missing, but accounts are sealed under it: "
                             "restore it from its backup or set MTPOOL_MASTER_KEY_FILE",
                             printable(path.string())));
  }
  crypto::MasterKey key(random.bytes(kMasterKeyBytes));
  MTP_DO(writeKey(path, key));
  return MasterKeyFile{std::move(key), path, true};
}

}  // namespace mtpool::store
