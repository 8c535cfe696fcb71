// SPDX-License-Identifier: Apache-2.0
// One live view of one peer. It asks the engine's version at a steady pace and sends what changed; while the
// peer has not read what was sent before it sends nothing, so a slow peer skips states instead of queueing
// them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "engine/async/timer.h"
#include "engine/base/clock.h"
#include "engine/control/outbox.h"
#include "engine/control/view.h"

namespace mtpool::control {

/// How often a subscription may speak, and when it must.
struct Pace {
  std::chrono::milliseconds interval{500};
  std::chrono::milliseconds heartbeat{5000};
};

class Subscription {
 public:
  /// All that is referred to outlives run().
  Subscription(Outbox& outbox, const Executor& executor, std::uint64_t id, std::unique_ptr<View> view,
               Pace pace);

  /// Sends items until stop(), cancellation, or an error of the view, which is its last item.
  Task<void> run(admin::Operations& operations, const Clock& clock);
  /// run() ends soon, also while the peer does not read.
  void stop();

  bool stopped() const { return stopped_; }

 private:
  Task<Result<void>> sendState(admin::Operations& operations);
  Task<Result<void>> sendItem(v1::Envelope envelope);

  Outbox& outbox_;
  std::uint64_t id_;
  std::unique_ptr<View> view_;
  Pace pace_;
  std::uint64_t version_ = 0;
  bool started_ = false;
  bool sent_ = false;  // the last sendState() had news
  bool stopped_ = false;
  async::Event wake_;
};

/// 0 means 2 a second; more than 4 is 4. `second` is a second, except in tests.
std::chrono::milliseconds intervalOf(std::uint32_t maxPerSecond, std::chrono::milliseconds second);

}  // namespace mtpool::control
