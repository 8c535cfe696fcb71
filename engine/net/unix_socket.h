// SPDX-License-Identifier: Apache-2.0
// Unix stream sockets with the identity of the peer, for the control socket.
//
// The file is mode 0666: who may talk is decided by the peer's credentials, which the kernel vouches for, not
// by the file. Its directory must belong to us or root and be closed to others, so nobody can put a socket of
// his own in our place.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/local/stream_protocol.hpp>

#include "engine/net/stream.h"

namespace mtpool::net {

/// The longest path a Unix socket can have on Linux, without the closing NUL.
inline constexpr std::size_t kMaxUnixPath = 107;

/// Who connected, as the kernel knew it at that moment (SO_PEERCRED, SO_PEERGROUPS). pid is for logs only: it
/// may have been reused since.
struct PeerCredentials {
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;  // supplementary, without gid
  pid_t pid = 0;
};

struct UnixPeer {
  std::unique_ptr<Stream> stream;
  PeerCredentials credentials;

  UnixPeer() = default;
};

/// A listening socket with its file. Lives on one executor.
class UnixListener {
 public:
  /// Creates the file, and its directory (0755) where that one level is missing. A file left by a process
  /// that died is replaced; Errc::Refused when somebody answers on it or it belongs to another user.
  static Result<UnixListener> bind(const Executor& executor, std::string path);

  UnixListener(UnixListener&&) noexcept = default;
  UnixListener& operator=(UnixListener&&) = delete;
  /// Closes.
  ~UnixListener();

  const std::string& path() const { return path_; }

  /// The next connection. ConnectionLost when it was gone before; Cancelled when stopped; anything else
  /// (LimitExceeded: the system is out of descriptors or memory) will last: wait a little and call again.
  Task<Result<UnixPeer>> accept();
  /// Stops listening and removes the file, if it is still ours. Idempotent.
  void close();

 private:
  using Acceptor = boost::asio::local::stream_protocol::acceptor;

  UnixListener(Acceptor acceptor, std::string path);

  Acceptor acceptor_;
  std::string path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

/// Errc::Unreachable with the reason in words: no such file, nobody answers, not permitted.
Task<Result<std::unique_ptr<Stream>>> connectUnix(std::string path);

/// Errc::InvalidArgument with the length and the limit when a path is empty or too long for a socket.
Result<void> checkUnixPath(const std::string& path);

}  // namespace mtpool::net
