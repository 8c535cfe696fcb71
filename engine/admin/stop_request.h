// SPDX-License-Identifier: Apache-2.0
// How a stop reaches the composition root: a flag it waits for, not a callback. One thread.
#pragma once

#include <optional>

#include "engine/async/timer.h"
#include "engine/base/error.h"

namespace mtpool::admin {

class StopRequest {
 public:
  explicit StopRequest(const Executor& executor) : asked_(executor) {}

  /// A second request is a forced one.
  void ask(bool force) {
    force_ = force_ || force || requested_;
    requested_ = true;
    asked_.notify();
  }

  /// The engine cannot go on: a stop whose reason is the program's outcome.
  void fail(Error error) {
    failure_ = failure_.value_or(std::move(error));
    ask(false);
  }

  const std::optional<Error>& failure() const { return failure_; }

  bool requested() const { return requested_; }

  bool forced() const { return force_; }

  async::Event& changed() { return asked_; }

 private:
  async::Event asked_;
  std::optional<Error> failure_;
  bool requested_ = false;
  bool force_ = false;
};

}  // namespace mtpool::admin
