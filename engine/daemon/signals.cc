// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/signals.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/base/log.h"

namespace mtpool::daemon {

namespace asio = boost::asio;

Task<void> watchSignals(admin::StopRequest& stop) {
  asio::signal_set signals(co_await async::currentExecutor(), SIGTERM, SIGINT);
  signals.add(SIGHUP);
  while (!co_await async::isCancelled()) {
    const auto [code, number] = co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    if (code) {
      co_return;
    }
    if (number != SIGHUP) {
      log::info("daemon", "signal {}", number);
      stop.ask(false);
    }
  }
}

}  // namespace mtpool::daemon
