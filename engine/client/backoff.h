// SPDX-License-Identifier: Apache-2.0
// How long one client rests before it connects again: doubled from failure to failure, drawn by lot between
// nothing and that ("full jitter", so that a thousand clients cut off together do not come back together).
#pragma once

#include <chrono>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"

namespace mtpool::client {

struct Pauses {
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{60'000};
  /// At least so long after a data centre has said that there are too many connections (-429).
  std::chrono::milliseconds flooded{1'000};
};

class Backoff {
 public:
  /// A connection that served for less than this was no success: whoever is let in and dropped at once would
  /// knock at the first pause for ever.
  static constexpr std::chrono::seconds kHealthy{30};

  /// A connection ended that had been ready for so long: the pauses begin anew if it was healthy.
  void served(MonoTime::duration time);
  /// The pause after one more failure, at most longest, or flooded more than that after a -429.
  std::chrono::milliseconds next(const Pauses& pauses, Errc why, Random& random);

 private:
  std::chrono::milliseconds most_{0};  // before the lot
};

}  // namespace mtpool::client
