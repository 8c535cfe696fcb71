// SPDX-License-Identifier: Apache-2.0
// One connected client, from its hello to its end. Lives on the server's executor.
//
// What it may cost is bounded: requests in flight, subscriptions, bytes waiting for it, and the time it may
// take for a hello, for the rest of a frame once begun, and for reading what was written to it. Whoever
// oversteps hears the reason, if he listens, and is disconnected.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/async/scope.h"
#include "engine/control/dispatch.h"
#include "engine/control/outbox.h"
#include "engine/control/subscription.h"
#include "engine/net/stream.h"

namespace mtpool::control {

inline constexpr std::uint32_t kMajor = 1;
inline constexpr std::uint32_t kMinor = 0;

struct PeerOptions {
  std::string engineVersion;
  std::string engineName;  // of the host, for title bars
  std::chrono::milliseconds helloWithin{5'000};
  std::chrono::milliseconds frameWithin{10'000};
  std::chrono::milliseconds writeWithin{30'000};
  std::chrono::milliseconds farewellWithin{1'000};
  std::chrono::milliseconds heartbeat{5'000};
  std::chrono::milliseconds second{1'000};  // shorter in tests: the unit of max_per_second

  PeerOptions() = default;
};

/// What was decided when the client connected.
struct PeerIdentity {
  admin::Role role = admin::Role::Viewer;
  std::string who;  // for records: "uid 1000"
};

class Peer {
 public:
  static constexpr std::size_t kMaxRequests = 64;
  static constexpr std::size_t kMaxSubscriptions = 16;

  /// `operations`, `clock` and `options` outlive run().
  Peer(const Executor& executor, std::unique_ptr<net::Stream> stream, PeerIdentity identity,
       admin::Operations& operations, const Clock& clock, const PeerOptions& options);

  /// Until the client leaves, oversteps, or stop(). Its requests are cancelled and awaited then.
  Task<void> run();

  /// Cancels what it asked for, tells it so, and ends within farewellWithin.
  void stop();

 private:
  Task<void> read();
  Task<void> write();
  Task<Result<void>> greet();
  Task<Result<void>> readRequest();
  Task<Result<v1::Envelope>> readEnvelope();
  Task<Result<void>> readExactly(MutableBytes into);
  Task<Result<void>> accept(v1::Envelope request);
  Task<Result<void>> subscribe(v1::Envelope request);
  Task<Result<void>> unsubscribe(v1::Envelope request);
  Task<void> serve(const Operation* operation, v1::Envelope request);
  Task<Result<Answer>> answerTo(const Operation* operation, v1::Envelope request);
  Task<void> deliver(std::uint64_t id, Answer answer);
  Task<void> follow(std::uint64_t id, std::shared_ptr<Subscription> subscription);
  Task<Result<void>> send(std::uint64_t id, v1::Envelope envelope);
  Task<Result<void>> refuse(std::uint64_t id, Error error);
  void sayFarewell(const Error& reason);

  Executor executor_;
  std::unique_ptr<net::Stream> stream_;
  admin::Role role_;
  std::string who_;
  admin::Operations& operations_;
  const Clock& clock_;
  const PeerOptions& options_;
  Outbox outbox_;
  async::TaskScope reading_;
  async::TaskScope requests_;
  async::TaskScope writing_;
  std::size_t inFlight_ = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<Subscription>> subscriptions_;
  bool stopping_ = false;
};

}  // namespace mtpool::control
