// SPDX-License-Identifier: Apache-2.0
// The control socket: accepts clients, decides what each may do, and serves them on one executor.
#pragma once

#include <functional>
#include <list>

#include "engine/control/peer.h"
#include "engine/net/unix_socket.h"

namespace mtpool::control {

/// The role of who connected, or why there is none: AccessRules::roleOf, or a test's own idea.
using RoleOf = std::function<Result<admin::Role>(const net::PeerCredentials&)>;

class Server {
 public:
  /// Connections served at a time; the next one hears so and is closed.
  static constexpr std::size_t kMaxPeers = 16;

  /// `operations` and `clock` outlive run(). All calls of `operations` happen on `executor`.
  Server(const Executor& executor, net::UnixListener listener, RoleOf roleOf, admin::Operations& operations,
         const Clock& clock);

  /// Before run().
  void setOptions(PeerOptions options) { options_ = std::move(options); }

  /// Until cancelled; then it stops listening, lets every peer hear that the engine stops, and ends with
  /// them. An error when the listener itself breaks.
  Task<Result<void>> run();

 private:
  Task<Result<void>> acceptPeers();
  Task<void> turnAway(std::unique_ptr<net::Stream> stream, Error reason);
  Task<void> serve(std::list<Peer>::iterator peer);

  Executor executor_;
  net::UnixListener listener_;
  RoleOf roleOf_;
  admin::Operations& operations_;
  const Clock& clock_;
  PeerOptions options_;
  std::list<Peer> peers_;
  async::TaskScope scope_;
};

}  // namespace mtpool::control
