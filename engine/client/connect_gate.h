// SPDX-License-Identifier: Apache-2.0
// The door of one data centre: gives each new connection its turn (MTPROTO_CONNECT_RATE), and opens less
// often for a while after the data centre has said that there are too many (-429).
//
// One per data centre, shared by all clients, on their thread. No timer: time is an argument.
#pragma once

#include <chrono>

#include "engine/base/clock.h"
#include "engine/limits/gcra.h"

namespace mtpool::client {

class ConnectGate {
 public:
  /// Each -429 halves the rate, down to a sixteenth; one of so many at once counts.
  static constexpr int kMostHalvings = 4;
  static constexpr std::chrono::seconds kOneFlood{10};
  /// The rate doubles again with each minute without one.
  static constexpr std::chrono::seconds kRecovery{60};

  /// Takes the next place, `perSecond` being the setting's rate, and says when it comes.
  MonoTime turn(double perSecond, MonoTime now);
  void flooded(MonoTime now);

 private:
  void recover(MonoTime now);

  limits::Gcra rate_{1.0, 1.0};
  int halvings_ = 0;
  MonoTime changedAt_{};  // when halvings_ last did
};

}  // namespace mtpool::client
