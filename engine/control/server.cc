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
  while (true) {
    auto accepted = co_await listener_.accept();
    if (accepted.ok()) {
      trouble_.clear();
      co_await admit(std::move(*accepted));
      continue;
    }
    // A peer that left before it was accepted is no trouble of ours.
    if (accepted.error().code() != Errc::ConnectionLost) {
      MTP_CO_DO(co_await settle(std::move(accepted).error()));
    }
  }
}

// What keeps us from accepting (no descriptors, no memory) lasts: asking again at once would only spin.
Task<Result<void>> Server::settle(Error trouble) {
  constexpr milliseconds kPause{100};
  if (trouble.code() == Errc::Cancelled) {
    co_return trouble;
  }
  if (trouble.text() != trouble_) {
    trouble_ = trouble.text();
    log::warn("control", "cannot accept: {}", trouble_);
  }
  co_return co_await async::sleepFor(kPause);
}

Task<void> Server::admit(net::UnixPeer accepted) {
  const uid_t user = accepted.credentials.uid;
  auto role = roleOf_(accepted.credentials);
  auto slot = role.ok() ? slots_.take(user, *role) : Result<void>(std::move(role).error());
  if (!slot.ok()) {
    co_await turnAway(std::move(accepted), std::move(slot).error());
    co_return;
  }
  PeerIdentity identity{*role, fmt::format("uid {}", user)};
  peers_.emplace_back(executor_, std::move(accepted.stream), std::move(identity), operations_, clock_,
                      options_);
  scope_.spawn("control peer", serve(std::prev(peers_.end()), user));
}

Task<void> Server::serve(std::list<Peer>::iterator peer, uid_t user) {
  co_await peer->run();
  peers_.erase(peer);
  slots_.free(user);
}

Task<void> Server::turnAway(net::UnixPeer accepted, Error reason) {
  // A fresh socket takes a small frame at once; the deadline is for the one that does not.
  constexpr milliseconds kWithin{100};
  if (const auto times = refusals_.note(accepted.credentials.uid, clock_.mono())) {
    log::warn("control", "peer refused peer={} times={} reason={}", accepted.stream->peer(), *times,
              reason.text());
  }
  v1::Envelope envelope;
  codec::encode(reason, *envelope.mutable_failure());
  const auto frame = encodeFrame(envelope);
  const auto deadline = clock_.mono() + kWithin;
  auto told =
      co_await async::withDeadline<void>(deadline, "not read", accepted.stream->writeAll(viewOf(frame)));
  (void)told;
  accepted.stream->close();
}

}  // namespace mtpool::control
