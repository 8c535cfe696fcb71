// SPDX-License-Identifier: Apache-2.0
// awaitCallback: a coroutine waits for an answer that another thread gives once, when it is ready. For queues
// that gather work of several coroutines (the write queue of the store); a plain call across is Shard::call.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/async/task.h"

namespace mtpool::async {

/// The answer's way back; called exactly once, from any thread.
template <class R>
using Answer = std::function<void(R)>;

/// Calls begin(Answer<R>) on the caller's thread and resumes the caller on its own executor with what the
/// Answer was given. Not cancellable: whoever holds the Answer must give it. Name `begin` on the line before.
template <class R, class Begin>
Task<R> awaitCallback(Begin begin) {
  namespace asio = boost::asio;
  const auto home = co_await asio::this_coro::executor;
  auto initiate = [&home](auto handler, Begin start) {
    // The guard keeps the caller's loop running while nothing but this answer is awaited.
    struct Waiter {
      decltype(handler) resume;
      asio::executor_work_guard<Executor> home;
    };
    auto waiter = std::make_shared<Waiter>(Waiter{std::move(handler), asio::make_work_guard(home)});
    std::move(start)(Answer<R>([waiter](R value) {
      const Executor executor = waiter->home.get_executor();
      asio::post(executor, [waiter, value = std::move(value)]() mutable {
        waiter->home.reset();
        auto resume = std::move(waiter->resume);
        waiter.reset();
        std::move(resume)(std::move(value));
      });
    }));
  };
  co_return co_await asio::async_initiate<decltype(asio::use_awaitable), void(R)>(
      initiate, asio::use_awaitable, std::move(begin));
}

}  // namespace mtpool::async
