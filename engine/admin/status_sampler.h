// SPDX-License-Identifier: Apache-2.0
// What the charts remember: one sample a second for the last hour, and the rates drawn from it. One thread.
#pragma once

#include <deque>
#include <vector>

#include "engine/base/clock.h"
#include "engine/model/status.h"

namespace mtpool::admin {

/// Memory of this process and of the machine, from /proc; zeros where it cannot be read.
model::MemoryStatus readMemory();

class StatusSampler {
 public:
  /// `stored` is the running total of messages.
  void sample(WallTime now, const model::MemoryStatus& memory, std::int64_t sessions, std::int64_t users,
              std::int64_t stored);

  std::vector<model::StatusPoint> history() const { return {points_.begin(), points_.end()}; }

  /// Over the last 10 s.
  double messagesPerSecond() const;

 private:
  struct Mark {
    WallTime at{};
    std::int64_t stored = 0;
  };

  std::deque<model::StatusPoint> points_;
  std::deque<Mark> marks_;
};

}  // namespace mtpool::admin
