// SPDX-License-Identifier: Apache-2.0
#include "engine/control/server.h"

#include <fmt/format.h>

#include "engine/async/deadline.h"
#include "engine/base/log.h"
#include "engine/control/codec/failure.h"
#include "engine/control/frame.h"

namespace mtpool::control {

using std::chrono::milliseconds;

Server::Server(const Executor& executor, net::UnixListener listener, RoleOf roleOf,
               admin::Operations& operations, const Clock& clock)
    : executor_(executor),
      listener_(std::move(listener)),
      roleOf_(std::move(roleOf)),
      operations_(operations),
      clock_(clock),
      scope_(executor) {}

Task<Result<void>> Server::run() {
  log::info("control", "listening socket={}", listener_.path());
  auto ended = co_await acceptPeers();
  listener_.close();
  for (Peer& peer : peers_) {
    peer.stop();
  }
  co_await scope_.join();
  const bool asked = !ended.ok() && ended.error().code() == Errc::Cancelled;
  co_return asked ? Result<void>() : ended;
}

Task<Result<void>> Server::acceptPeers() {
  constexpr milliseconds kOutOfDescriptors{100};
  while (true) {
    auto accepted = co_await listener_.accept();
    if (!accepted.ok()) {
      const auto code = accepted.error().code();
      // A peer that left before it was accepted is no trouble of ours.
      if (code == Errc::ConnectionLost) {
        continue;
      }
      if (code != Errc::LimitExceeded) {
        co_return std::move(accepted).error();
      }
      log::warn("control", "cannot accept: {}", accepted.error().text());
      MTP_CO_DO(co_await async::sleepFor(kOutOfDescriptors));
      continue;
    }
    auto role = roleOf_(accepted->credentials);
    if (!role.ok()) {
      log::warn("control", "peer refused peer={}", accepted->stream->peer());
      co_await turnAway(std::move(accepted->stream), std::move(role).error());
      continue;
    }
    if (peers_.size() >= kMaxPeers) {
      Error full(Errc::Busy,
                 fmt::format("{} clients are connected, as many as the engine serves; close one", kMaxPeers));
      co_await turnAway(std::move(accepted->stream), std::move(full));
      continue;
    }
    peers_.emplace_back(executor_, std::move(accepted->stream), *role, operations_, clock_, options_);
    scope_.spawn("control peer", serve(std::prev(peers_.end())));
  }
}

Task<void> Server::serve(std::list<Peer>::iterator peer) {
  co_await peer->run();
  peers_.erase(peer);
}

Task<void> Server::turnAway(std::unique_ptr<net::Stream> stream, Error reason) {
  // A fresh socket takes a small frame at once; the deadline is for the one that does not.
  constexpr milliseconds kWithin{100};
  v1::Envelope envelope;
  codec::encode(reason, *envelope.mutable_failure());
  const auto frame = encodeFrame(envelope);
  const auto deadline = clock_.mono() + kWithin;
  auto told = co_await async::withDeadline<void>(deadline, "not read", stream->writeAll(viewOf(frame)));
  (void)told;
  stream->close();
}

}  // namespace mtpool::control
