// SPDX-License-Identifier: Apache-2.0
// What goes wrong on purpose. A faults file has one fault a line, a name and key=value pairs; '#' begins a
// comment:
//
//   flood_wait method=messages.getHistory seconds=3 every=20   # every 20th call is answered FLOOD_WAIT_3
//   close every=50 [method=messages.getHistory]                # the connection ends before every 50th answer
//   delay milliseconds=40 every=1 [method=messages.getHistory] # answers come later
//   damage every=3 [method=messages.getHistory]                # an object nobody knows stands in the answer
//
// Counts are per account or key, so that clients do not disturb each other. Deterministic: no dice.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace mtpool::sim {

struct Fault {
  enum class Kind : std::uint8_t { FloodWait, Close, Delay, Damage } kind = Kind::FloodWait;
  std::string method;  // empty: every method
  std::int32_t seconds = 0;
  std::int32_t milliseconds = 0;
  std::int32_t every = 1;
};

/// Errc::InvalidConfig with "name:line: what" and the remedy.
Result<std::vector<Fault>> parseFaults(std::string_view name, std::string_view text);

/// What a request meets.
struct FaultVerdict {
  std::int32_t floodSeconds = 0;
  std::int32_t delayMilliseconds = 0;
  bool close = false;
  bool damage = false;
};

/// The boxed answer, inflated, with kDamageId in the place of a constructor: that of the first object in its
/// first list, or its own when it has none. What was served counts as served.
inline constexpr std::uint32_t kDamageId = 0x0bad0b1e;
Bytes damaged(ByteView answer);

class FaultPlan {
 public:
  FaultPlan() = default;

  explicit FaultPlan(std::vector<Fault> faults) : faults_(std::move(faults)) {}

  /// Counts the request of this client. Call once per request.
  FaultVerdict onRequest(std::int64_t client, std::string_view method);

 private:
  std::vector<Fault> faults_;
  std::map<std::pair<std::size_t, std::int64_t>, std::int32_t> seen_;  // by fault and client
};

}  // namespace mtpool::sim
