// SPDX-License-Identifier: Apache-2.0
#include "engine/async/task.h"

namespace mtpool::async {

Task<bool> isCancelled() {
  const auto state = co_await boost::asio::this_coro::cancellation_state;
  co_return state.cancelled() != boost::asio::cancellation_type::none;
}

Task<void> cancellationAsValue() {
  co_await boost::asio::this_coro::throw_if_cancelled(false);
}

}  // namespace mtpool::async
