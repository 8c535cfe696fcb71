// SPDX-License-Identifier: Apache-2.0
#include "engine/net/unix_socket.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/base/text.h"
#include "engine/net/socket_stream.h"

namespace mtpool::net {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;

namespace {

constexpr mode_t kSocketMode = 0666;
constexpr mode_t kDirectoryMode = 0755;

std::string systemReason(int number) {
  return std::generic_category().message(number);
}

std::string directoryOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) {
    return ".";
  }
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> checkDirectory(const std::string& directory) {
  const std::string shown = printable(directory);
  if (::mkdir(directory.c_str(), kDirectoryMode) != 0 && errno != EEXIST) {
    return Error(Errc::Io,
                 fmt::format("cannot make the socket directory {}: {}", shown, systemReason(errno)));
  }

  struct stat info {};

  if (::stat(directory.c_str(), &info) != 0) {
    return Error(Errc::Io,
                 fmt::format("cannot look at the socket directory {}: {}", shown, systemReason(errno)));
  }
  if (!S_ISDIR(info.st_mode)) {
    return Error(Errc::InvalidArgument,
                 fmt::format("{} is not a directory; set MTPOOL_SOCKET to a path in one", shown));
  }
  if (info.st_uid != ::geteuid() && info.st_uid != 0) {
    return Error(Errc::Refused,
                 fmt::format("the socket directory {} belongs to another user (uid {}); choose one of "
                             "your own with MTPOOL_SOCKET",
                             shown, info.st_uid));
  }
  // Also with the sticky bit: whoever comes first there keeps our name, before our start or after a crash.
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Error(Errc::Refused, fmt::format("others may write to the socket directory {}; choose another one "
                                            "with MTPOOL_SOCKET, or close it with chmod go-w",
                                            shown));
  }
  return {};
}

// A connect to a socket file never waits: it is refused when nobody listens, and EAGAIN means a full backlog.
bool somebodyAnswers(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    return true;
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int status = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int reason = errno;
  ::close(fd);
  return status == 0 || reason != ECONNREFUSED;
}

Result<void> removeStale(const std::string& path) {
  struct stat info {};

  if (::lstat(path.c_str(), &info) != 0) {
    return {};
  }
  const std::string shown = printable(path);
  if (!S_ISSOCK(info.st_mode)) {
    return Error(Errc::Refused,
                 fmt::format("{} exists and is not a socket; remove it or set MTPOOL_SOCKET", shown));
  }
  if (info.st_uid != ::geteuid() && ::geteuid() != 0) {
    return Error(Errc::Refused,
                 fmt::format("the socket {} belongs to another user (uid {}); set MTPOOL_SOCKET to "
                             "another path",
                             shown, info.st_uid));
  }
  if (somebodyAnswers(path)) {
    return Error(Errc::Refused,
                 fmt::format("another engine answers on {}; stop it or set MTPOOL_SOCKET to another "
                             "path",
                             shown));
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return Error(Errc::Io, fmt::format("cannot remove the stale socket {}: {}", shown, systemReason(errno)));
  }
  return {};
}

std::vector<gid_t> groupsOf(int fd) {
  std::vector<gid_t> groups(32);
  while (true) {
    auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) == 0) {
      groups.resize(size / sizeof(gid_t));
      return groups;
    }
    if (errno != ERANGE || size <= groups.size() * sizeof(gid_t)) {
      return {};
    }
    groups.resize(size / sizeof(gid_t));
  }
}

Result<PeerCredentials> credentialsOf(int fd) {
  ucred known{};
  socklen_t size = sizeof known;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &known, &size) != 0) {
    return Error(Errc::Io, fmt::format("the system does not say who connected: {}", systemReason(errno)));
  }
  return PeerCredentials{known.uid, known.gid, groupsOf(fd), known.pid};
}

// A pending connection that left is gone with this error; the others meet the next accept() as well.
Error acceptError(const boost::system::error_code& code, const std::string& path) {
  if (code == asio::error::no_descriptors) {
    return {Errc::LimitExceeded, "out of file descriptors; raise the limit (ulimit -n)"};
  }
  if (code == asio::error::connection_aborted || code == asio::error::operation_aborted ||
      code == asio::error::bad_descriptor) {
    return socketError(code, path);
  }
  return {Errc::LimitExceeded,
          fmt::format("the system has no room for another connection: {}", code.message())};
}

}  // namespace

Result<void> checkUnixPath(const std::string& path) {
  if (path.empty()) {
    return Error(Errc::InvalidArgument, "the socket path is empty; give one with MTPOOL_SOCKET");
  }
  if (path.size() > kMaxUnixPath) {
    return Error(
        Errc::InvalidArgument,
        fmt::format("the socket path {} has {} bytes and the system allows {}; choose a shorter one with "
                    "MTPOOL_SOCKET",
                    printable(path), path.size(), kMaxUnixPath));
  }
  return {};
}

Result<UnixListener> UnixListener::bind(const Executor& executor, std::string path) {
  MTP_DO(checkUnixPath(path));
  MTP_DO(checkDirectory(directoryOf(path)));
  MTP_DO(removeStale(path));
  boost::system::error_code code;
  Acceptor acceptor(executor);
  acceptor.open(Protocol(), code);
  if (!code) {
    acceptor.bind(Protocol::endpoint(path), code);
  }
  // Before listen() nobody can connect, so the mode is right from the first peer on.
  if (!code && ::chmod(path.c_str(), kSocketMode) != 0) {
    code.assign(errno, boost::system::generic_category());
  }
  if (!code) {
    acceptor.listen(Acceptor::max_listen_connections, code);
  }
  if (code) {
    return Error(Errc::Io, fmt::format("cannot listen on {}: {}; check that its directory is writable",
                                       printable(path), code.message()));
  }
  return UnixListener(std::move(acceptor), std::move(path));
}

UnixListener::UnixListener(Acceptor acceptor, std::string path)
    : acceptor_(std::move(acceptor)), path_(std::move(path)) {
  struct stat info {};

  if (::lstat(path_.c_str(), &info) == 0) {
    device_ = info.st_dev;
    inode_ = info.st_ino;
  }
}

UnixListener::~UnixListener() {
  close();
}

Task<Result<UnixPeer>> UnixListener::accept() {
  if (co_await async::isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  auto [code, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
  if (code) {
    co_return acceptError(code, path_);
  }
  UnixPeer peer;
  MTP_CO_TRY(peer.credentials, credentialsOf(socket.native_handle()));
  auto name = fmt::format("uid {} pid {}", peer.credentials.uid, peer.credentials.pid);
  peer.stream = std::make_unique<SocketStream<Protocol::socket>>(std::move(socket), std::move(name));
  co_return std::move(peer);
}

void UnixListener::close() {
  if (!acceptor_.is_open()) {
    return;
  }
  boost::system::error_code ignored;
  acceptor_.close(ignored);

  struct stat info {};

  if (::lstat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_) {
    ::unlink(path_.c_str());
  }
}

Task<Result<std::unique_ptr<Stream>>> connectUnix(std::string path) {
  if (co_await async::isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  MTP_CO_DO(checkUnixPath(path));
  Protocol::socket socket(co_await asio::this_coro::executor);
  const Protocol::endpoint where(path);
  const auto [code] = co_await socket.async_connect(where, asio::as_tuple(asio::use_awaitable));
  if (code == asio::error::operation_aborted) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  if (code) {
    co_return Error(Errc::Unreachable,
                    fmt::format("cannot connect to {}: {}", printable(path), code.message()));
  }
  std::unique_ptr<Stream> stream =
      std::make_unique<SocketStream<Protocol::socket>>(std::move(socket), std::move(path));
  co_return stream;
}

}  // namespace mtpool::net
