// SPDX-License-Identifier: Apache-2.0
#include "engine/config/config_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mtpool::config {

namespace {

constexpr std::size_t kLargestFile = 1 << 20;

Error ioError(const std::filesystem::path& path, std::string_view what) {
  return {Errc::Io, fmt::format("{}: {}: {}", path.string(), what, std::strerror(errno))};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  int get() const { return fd_; }

 private:
  int fd_;
};

Result<std::string> readAll(int fd, const std::filesystem::path& path) {
  std::string text;
  char buffer[4096];
  while (text.size() <= kLargestFile) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n < 0) {
      return ioError(path, "cannot be read");
    }
    if (n == 0) {
      return text;
    }
    text.append(buffer, static_cast<std::size_t>(n));
  }
  return Error(Errc::InvalidConfig, fmt::format("{}: the file is larger than 1 MiB", path.string()));
}

Result<void> writeAll(int fd, const std::string& text, const std::filesystem::path& path) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
    if (n <= 0) {
      return ioError(path, "cannot be written");
    }
    done += static_cast<std::size_t>(n);
  }
  if (::fsync(fd) != 0) {
    return ioError(path, "cannot be written");
  }
  return {};
}

}  // namespace

Result<FileText> readFile(const std::filesystem::path& path) {
  FileText out;
  // A pipe without a writer would hold the open for ever.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) {
    if (errno == ENOENT) {
      return out;
    }
    return ioError(path, "cannot be opened");
  }
  out.exists = true;

  struct stat status {};

  if (::fstat(fd.get(), &status) != 0) {
    return ioError(path, "cannot be looked at");
  }
  if (!S_ISREG(status.st_mode)) {
    return Error(Errc::InvalidConfig,
                 fmt::format("{} is no plain file; name one with --config or MTPOOL_CONFIG", path.string()));
  }
  const uid_t self = ::geteuid();
  if (status.st_uid != self && status.st_uid != 0 && self != 0) {
    return Error(Errc::InvalidConfig,
                 fmt::format("{} belongs to another user (uid {}), who could change what the engine does; "
                             "make it yours: chown {} {}",
                             path.string(), status.st_uid, self, path.string()));
  }
  out.readByOthers = (status.st_mode & 0077) != 0;
  out.writtenByOthers = (status.st_mode & 0022) != 0;
  MTP_TRY(out.text, readAll(fd.get(), path));
  return out;
}

Result<LoadedFile> parseFile(const std::filesystem::path& path, FileText disk) {
  auto parsed = EnvFile::parse(disk.text);
  if (!parsed.ok()) {
    return std::move(parsed).error().in(path.string());
  }
  return LoadedFile{std::move(*parsed), std::move(disk)};
}

Result<void> replaceFile(const std::filesystem::path& path, const std::string& expected,
                         const std::string& text) {
  MTP_TRY(const FileText present, readFile(path));
  if (present.text != expected) {
    return Error(Errc::Refused,
                 fmt::format("{} was edited meanwhile; look at it and try again", path.string()));
  }
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);

  struct stat status {};

  const bool exists = ::stat(path.c_str(), &status) == 0;
  const std::filesystem::path aside = path.string() + ".new";
  ::unlink(aside.c_str());
  const Descriptor fd(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) {
    return ioError(aside, "cannot be made");
  }
  if (exists && (::fchmod(fd.get(), status.st_mode & 07777) != 0 ||
                 (::geteuid() == 0 && ::fchown(fd.get(), status.st_uid, status.st_gid) != 0))) {
    return ioError(aside, "cannot get the mode of the file it replaces");
  }
  MTP_DO(writeAll(fd.get(), text, aside));
  if (::rename(aside.c_str(), path.c_str()) != 0) {
    return ioError(path, "cannot be replaced");
  }
  const std::filesystem::path directory = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor dir(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (dir.get() < 0 || ::fsync(dir.get()) != 0) {
    return ioError(directory, "cannot be synced");
  }
  return {};
}

}  // namespace mtpool::config
