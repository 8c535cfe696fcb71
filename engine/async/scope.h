// SPDX-License-Identifier: Apache-2.0
// TaskScope owns the coroutines somebody started: it cancels them, waits for them, and dies only after them.
// Lives on one executor; all calls from that executor's thread.
#pragma once

#include <cstddef>
#include <list>
#include <string>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include "engine/async/task.h"

namespace mtpool::async {

class TaskScope {
 public:
  explicit TaskScope(Executor executor);
  TaskScope(const TaskScope&) = delete;
  TaskScope& operator=(const TaskScope&) = delete;
  /// Every child must have ended: await join() first.
  ~TaskScope();

  /// Starts a child. `name` is for the message if the child breaks the rule and throws, which ends the
  /// process. After cancel() nothing is started any more.
  void spawn(std::string name, Task<void> task);

  /// Asks every child to stop. Idempotent.
  void cancel();

  /// Returns when no child runs any more. Usually after cancel().
  Task<void> join();

  std::size_t running() const { return children_.size(); }

 private:
  struct Child {
    std::string name;
    boost::asio::cancellation_signal stop;
  };

  Executor executor_;
  std::list<Child> children_;
  boost::asio::steady_timer idle_;
  bool cancelled_ = false;
};

}  // namespace mtpool::async
