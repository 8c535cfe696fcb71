// SPDX-License-Identifier: Apache-2.0
// A rate as one number: the generic cell rate algorithm. No timer, no queue, no clock: time is an argument,
// the answer is a time. Two doubles of state, so one per account and method is cheap.
#pragma once

#include <chrono>

#include "engine/base/clock.h"

namespace mtpool::limits {

class Gcra {
 public:
  /// perSecond > 0; burst >= 1 is how many may pass at once after a rest.
  Gcra(double perSecond, double burst) { configure(perSecond, burst); }

  /// Changes the rate from now on; what was taken stays taken.
  void configure(double perSecond, double burst);

  /// The earliest time one more may pass; not after `now` means at once. Takes nothing.
  MonoTime earliestAt(MonoTime now) const;

  /// Takes one, to be used at earliestAt(now): the caller waits until then. Returns that time. Calls in order
  /// of arrival get rising times, which is the queue.
  MonoTime takeAt(MonoTime now);

  double perSecond() const { return perSecond_; }

 private:
  using Span = std::chrono::nanoseconds;
  double perSecond_ = 1;
  Span interval_{};   // between two when saturated
  Span tolerance_{};  // how far ahead of it a burst may run
  MonoTime theoretical_{};
};

}  // namespace mtpool::limits
