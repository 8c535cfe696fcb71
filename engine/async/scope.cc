// SPDX-License-Identifier: Apache-2.0
#include "engine/async/scope.h"

#include <exception>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/base/check.h"
#include "engine/base/log.h"

namespace mtpool::async {

namespace asio = boost::asio;

namespace {

Task<void> quiet(Task<void> task) {
  co_await cancellationAsValue();
  co_await std::move(task);
}

}  // namespace

TaskScope::TaskScope(Executor executor)
    : executor_(std::move(executor)), idle_(executor_, asio::steady_timer::time_point::max()) {}

TaskScope::~TaskScope() {
  MTP_CHECK(children_.empty());
}

void TaskScope::spawn(std::string name, Task<void> task) {
  if (cancelled_) {
    return;
  }
  children_.emplace_back();
  const auto child = std::prev(children_.end());
  child->name = std::move(name);
  auto ended = [this, child](const std::exception_ptr& thrown) {
    if (thrown) {
      log::error("async", "task {} threw; the process ends", child->name);
      std::rethrow_exception(thrown);
    }
    children_.erase(child);
    if (children_.empty()) {
      idle_.cancel();
    }
  };
  asio::co_spawn(executor_, quiet(std::move(task)),
                 asio::bind_cancellation_slot(child->stop.slot(), std::move(ended)));
}

void TaskScope::cancel() {
  cancelled_ = true;
  // A child may end, and leave the list, inside emit(): step first.
  for (auto it = children_.begin(); it != children_.end();) {
    (it++)->stop.emit(asio::cancellation_type::terminal);
  }
}

Task<void> TaskScope::join() {
  while (!children_.empty()) {
    co_await idle_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

}  // namespace mtpool::async
