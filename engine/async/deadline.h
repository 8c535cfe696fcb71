// SPDX-License-Identifier: Apache-2.0
// withDeadline: a task, or Errc::Timeout. The loser is cancelled and awaited, so nothing runs on unseen.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace mtpool::async {

namespace internal {

// optional: Asio wants a default-constructible result for its exception path, which Result is not.
template <class T>
Task<std::optional<Result<T>>> asValue(Task<Result<T>> task) {
  co_await cancellationAsValue();
  auto result = co_await std::move(task);
  co_return std::optional<Result<T>>(std::move(result));
}

inline Task<bool> expiry(MonoTime deadline) {
  co_await cancellationAsValue();
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, deadline);
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  co_return true;
}

}  // namespace internal

/// `what` completes the sentence of the timeout error, e.g. "Telegram did not answer within 30 s".
template <class T>
Task<Result<T>> withDeadline(MonoTime deadline, std::string what, Task<Result<T>> task) {
  using namespace boost::asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
  if (co_await isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  auto work = internal::asValue<T>(std::move(task));
  auto timer = internal::expiry(deadline);
  auto first = co_await (std::move(work) || std::move(timer));
  if (first.index() == 0) {
    co_return std::move(*std::get<0>(std::move(first)));
  }
  if (co_await isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  co_return Error(Errc::Timeout, std::move(what));
}

}  // namespace mtpool::async
