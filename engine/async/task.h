// SPDX-License-Identifier: Apache-2.0
// Task<T>: every coroutine of the engine. Lazy: it runs when awaited, or when a TaskScope spawns it.
//
// House rules for all coroutines: a Task never throws; failures are Result. Parameters by value, or
// references to objects that provably outlive the coroutine. A statement with co_await holds no braced
// temporary and no capturing lambda (g++ 12 miscompiles both): name it on the line before.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

namespace mtpool {

template <class T = void>
using Task = boost::asio::awaitable<T>;

using Executor = boost::asio::any_io_executor;

}  // namespace mtpool

namespace mtpool::async {

/// The executor of the coroutine that awaits this.
inline Task<Executor> currentExecutor() {
  co_return co_await boost::asio::this_coro::executor;
}

/// True once the running coroutine was asked to stop. Every primitive of this folder asks it before it waits:
/// Asio alone would only cancel the operation that was pending at that moment, not the next one.
Task<bool> isCancelled();

/// Makes cancellation a value instead of an exception for the coroutine and all it awaits. TaskScope and
/// withDeadline do this for their children; only a coroutine started by other means calls it itself.
Task<void> cancellationAsValue();

}  // namespace mtpool::async
