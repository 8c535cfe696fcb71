// SPDX-License-Identifier: Apache-2.0
// Telegram's time as this host's monotonic clock plus an offset, and message ids made from it.
#pragma once

#include <chrono>
#include <cstdint>

#include "engine/base/clock.h"
#include "engine/base/random.h"

namespace mtpool::mtproto {

/// The host's wall clock is only the first guess: it may be wrong or jump, and is not looked at again.
class ServerClock {
 public:
  explicit ServerClock(const Clock& clock);

  /// True once a server told its time: from then on msg_ids of packets are held against it.
  bool synchronised() const { return synchronised_; }

  /// Seconds since 1970 at the server, as msg_id units (2^-32 s).
  std::int64_t nowUnits() const;

  std::int64_t unixSeconds() const { return nowUnits() >> 32; }

  /// From the key exchange, from bad_msg 16/17 and from answers older than their question: sets the offset.
  void set(std::int64_t serverUnits);
  /// From an authenticated packet: only moves forward.
  void observe(std::int64_t serverMsgId);

 private:
  const Clock* clock_;
  std::int64_t offsetUnits_ = 0;  // server units minus monotonic units
  bool synchronised_ = false;
};

/// Strictly growing ids of one session: divisible by 4 for clients, 1 or 3 modulo 4 for servers.
class MessageIdSource {
 public:
  /// residue: 0 client; 1 server answering; 3 server on its own. Grows even while the clock stands or is set
  /// back.
  std::int64_t next(const ServerClock& clock, Random& random, int residue = 0);

  std::int64_t last() const { return last_; }

  void reset() { last_ = 0; }

 private:
  std::int64_t last_ = 0;
};

}  // namespace mtpool::mtproto
