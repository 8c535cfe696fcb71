// SPDX-License-Identifier: Apache-2.0
// Time enters the product here and nowhere else. Everything that waits or stamps takes a Clock, so that tests
// run hours in milliseconds; tests/arch forbids ::now() outside clock.cc.
#pragma once

#include <chrono>
#include <cstdint>

namespace mtpool {

/// For durations, deadlines and timers: never jumps.
using MonoTime = std::chrono::steady_clock::time_point;

/// For stamps people read: UTC microseconds since 1970; may jump when the host's clock is set.
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual MonoTime mono() const = 0;
  virtual WallTime wall() const = 0;
};

/// The host's clocks. Thread-safe.
class SystemClock final : public Clock {
 public:
  MonoTime mono() const override;
  WallTime wall() const override;
};

/// A clock that moves only when told; for tests and for the simulator inside a test process. Not thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start) : wall_(start) {}

  MonoTime mono() const override { return mono_; }

  WallTime wall() const override { return wall_; }

  void advance(std::chrono::microseconds by) {
    mono_ += by;
    wall_ += by;
  }

  /// Sets the wall clock as an operator or NTP would; monotonic time is unaffected.
  void setWall(WallTime wall) { wall_ = wall; }

 private:
  MonoTime mono_{std::chrono::seconds(1)};
  WallTime wall_;
};

inline std::int64_t unixSeconds(WallTime t) {
  return std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
}

}  // namespace mtpool
