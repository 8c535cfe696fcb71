// SPDX-License-Identifier: Apache-2.0
#include "engine/base/clock.h"

namespace mtpool {

MonoTime SystemClock::mono() const {
  return std::chrono::steady_clock::now();
}

WallTime SystemClock::wall() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace mtpool
