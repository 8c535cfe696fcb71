// SPDX-License-Identifier: Apache-2.0
// Waiting for time or for each other. The only place in the product with a timer object.
#pragma once

#include <chrono>

#include <boost/asio/steady_timer.hpp>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace mtpool::async {

/// Errc::Cancelled when the coroutine was asked to stop, before or while sleeping.
Task<Result<void>> sleepUntil(MonoTime deadline);
Task<Result<void>> sleepFor(std::chrono::nanoseconds duration);

/// Gives other coroutines of this executor a turn.
Task<void> yieldNow();

/// A condition others of the same executor can wait for. notify() wakes all who wait now; a waiter re-checks
/// its own state, so a missed wake-up cannot happen on one thread.
class Event {
 public:
  explicit Event(const Executor& executor);

  void notify();
  /// Errc::Cancelled as above.
  Task<Result<void>> wait();
  /// Errc::Timeout when `deadline` passes first.
  Task<Result<void>> waitUntil(MonoTime deadline);

 private:
  Executor executor_;
  boost::asio::steady_timer timer_;
  std::uint64_t notified_ = 0;
};

}  // namespace mtpool::async
