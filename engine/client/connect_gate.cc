// SPDX-License-Identifier: Apache-2.0
#include "engine/client/connect_gate.h"

#include <algorithm>

namespace mtpool::client {

void ConnectGate::recover(MonoTime now) {
  while (halvings_ > 0 && now - changedAt_ >= kRecovery) {
    --halvings_;
    changedAt_ += kRecovery;
  }
}

MonoTime ConnectGate::turn(double perSecond, MonoTime now) {
  recover(now);
  const double slowed = perSecond / (1 << halvings_);
  if (rate_.perSecond() != slowed) {
    rate_.configure(slowed, 1.0);
  }
  return rate_.takeAt(now);
}

void ConnectGate::flooded(MonoTime now) {
  recover(now);
  if (halvings_ == 0 || now - changedAt_ >= kOneFlood) {
    halvings_ = std::min(halvings_ + 1, kMostHalvings);
    changedAt_ = now;
  }
}

}  // namespace mtpool::client
