// SPDX-License-Identifier: Apache-2.0
// One data centre: a listening socket, its keys, its connections. One thread.
#pragma once

#include <cstdint>

#include "engine/async/scope.h"
#include "engine/net/tcp.h"
#include "engine/sim/key_ring.h"
#include "engine/sim/scene.h"

namespace mtpool::sim {

class DataCentre {
 public:
  /// Scene and listener stand; Errc::Unreachable and friends come from binding, before this.
  DataCentre(Scene& scene, int id, net::TcpListener listener);

  int id() const { return id_; }

  Scene& scene() { return scene_; }

  KeyRing& keys() { return keys_; }

  /// Accepts until cancelled; every connection becomes a child of `scope`.
  Task<void> serve(async::TaskScope& scope);

 private:
  static constexpr std::size_t kMostConnections = 50'000;

  Scene& scene_;
  int id_;
  net::TcpListener listener_;
  KeyRing keys_;
  ConnectionId lastConnection_ = 0;
};

}  // namespace mtpool::sim
