// SPDX-License-Identifier: Apache-2.0
// The control socket: accepts clients, decides what each may do, and serves them on one executor.
#pragma once

#include <functional>
#include <list>

#include "engine/control/peer.h"
#include "engine/control/peer_slots.h"
#include "engine/control/refusals.h"
#include "engine/net/unix_socket.h"

namespace mtpool::control {

/// The role of who connected, or why there is none: AccessRules::roleOf, or a test's own idea.
using RoleOf = std::function<Result<admin::Role>(const net::PeerCredentials&)>;

class Server {
 public:
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
  Task<Result<void>> settle(Error trouble);
  Task<void> admit(net::UnixPeer accepted);
  Task<void> turnAway(net::UnixPeer accepted, Error reason);
  Task<void> serve(std::list<Peer>::iterator peer, uid_t user);

  Executor executor_;
  net::UnixListener listener_;
  RoleOf roleOf_;
  admin::Operations& operations_;
  const Clock& clock_;
  PeerOptions options_;
  PeerSlots slots_;
  Refusals refusals_;
  std::string trouble_;  // why nobody can be accepted, as said last
  std::list<Peer> peers_;
  async::TaskScope scope_;
};

}  // namespace mtpool::control
