// SPDX-License-Identifier: Apache-2.0
#include "engine/client/backoff.h"

#include <algorithm>

namespace mtpool::client {

using std::chrono::milliseconds;

void Backoff::served(MonoTime::duration time) {
  if (time >= kHealthy) {
    most_ = milliseconds(0);
  }
}

milliseconds Backoff::next(const Pauses& pauses, Errc why, Random& random) {
  most_ = std::clamp(2 * most_, pauses.first, pauses.longest);
  const milliseconds drawn(random.below(static_cast<std::uint64_t>(most_.count()) + 1));
  return why == Errc::TransportFlood ? pauses.flooded + drawn : drawn;
}

}  // namespace mtpool::client
