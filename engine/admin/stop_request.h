// SPDX-License-Identifier: Apache-2.0
// How a stop reaches the composition root: a flag it waits for, not a callback. One thread.
#pragma once

#include "engine/async/timer.h"

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

  bool requested() const { return requested_; }

  bool forced() const { return force_; }

  async::Event& changed() { return asked_; }

 private:
  async::Event asked_;
  bool requested_ = false;
  bool force_ = false;
};

}  // namespace mtpool::admin
