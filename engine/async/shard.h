// SPDX-License-Identifier: Apache-2.0
// Shard: one thread with one event loop. An account, a control peer, a listener is pinned to a shard for
// life, so its code needs no lock. BlockingThread: one thread for calls that block (SQLite, key derivation,
// modexp).
//
// Crossing: co_await shard.call(fn) runs fn over there and resumes here. fn is a plain function object that
// returns a value; name it on the line before the co_await. What crosses is moved, never shared.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/async/task.h"

namespace mtpool::async {

class Shard {
 public:
  /// `name` is the thread's name (15 characters at most are shown by the system).
  explicit Shard(std::string name);
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;
  /// Stops and joins.
  ~Shard();

  void start();
  /// Ends the loop as soon as the running handler returns; join() waits for the thread.
  void stop();
  void join();
  /// Runs the loop on the calling thread instead, until stop().
  void runHere();

  Executor executor() { return context_.get_executor(); }

  boost::asio::io_context& context() { return context_; }

  void post(std::function<void()> fn);

  /// Runs fn on this shard, resumes the caller on its own executor with the result. Not cancellable: fn
  /// always runs.
  template <class F>
  Task<std::invoke_result_t<F>> call(F fn) {
    using R = std::invoke_result_t<F>;
    co_return co_await callOn<R>(context_, std::move(fn));
  }

 private:
  template <class R, class F>
  static Task<R> callOn(boost::asio::io_context& context, F fn) {
    namespace asio = boost::asio;
    const auto home = co_await asio::this_coro::executor;
    if constexpr (std::is_void_v<R>) {
      auto initiate = [&context, home](auto handler, F work) {
        asio::post(context, [handler = std::move(handler), work = std::move(work), home]() mutable {
          work();
          asio::post(home, std::move(handler));
        });
      };
      co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(initiate, asio::use_awaitable,
                                                                           std::move(fn));
    } else {
      auto initiate = [&context, home](auto handler, F work) {
        asio::post(context, [handler = std::move(handler), work = std::move(work), home]() mutable {
          asio::post(home, [handler = std::move(handler), value = work()]() mutable {
            std::move(handler)(std::move(value));
          });
        });
      };
      co_return co_await asio::async_initiate<decltype(asio::use_awaitable), void(R)>(
          initiate, asio::use_awaitable, std::move(fn));
    }
  }

  std::string name_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

/// A Shard nobody pins coroutines to: call() is the only use. Same contract.
using BlockingThread = Shard;

}  // namespace mtpool::async
