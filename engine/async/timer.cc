// SPDX-License-Identifier: Apache-2.0
#include "engine/async/timer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/async/deadline.h"

namespace mtpool::async {

namespace asio = boost::asio;

namespace {

Error cancelled() {
  return {Errc::Cancelled, "stopped"};
}

}  // namespace

Task<Result<void>> sleepUntil(MonoTime deadline) {
  if (co_await isCancelled()) {
    co_return cancelled();
  }
  asio::steady_timer timer(co_await asio::this_coro::executor, deadline);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (co_await isCancelled()) {
    co_return cancelled();
  }
  co_return Result<void>();
}

Task<Result<void>> sleepFor(std::chrono::nanoseconds duration) {
  return sleepUntil(asio::steady_timer::clock_type::now() + duration);
}

Task<void> yieldNow() {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
}

Event::Event(const Executor& executor)
    : executor_(executor), timer_(executor, asio::steady_timer::time_point::max()) {}

void Event::notify() {
  ++notified_;
  timer_.cancel();
}

Task<Result<void>> Event::wait() {
  const auto seen = notified_;
  while (notified_ == seen) {
    if (co_await isCancelled()) {
      co_return cancelled();
    }
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return Result<void>();
}

Task<Result<void>> Event::waitUntil(MonoTime deadline) {
  return withDeadline<void>(deadline, "nothing happened in time", wait());
}

}  // namespace mtpool::async
