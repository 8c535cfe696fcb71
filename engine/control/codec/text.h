// SPDX-License-Identifier: Apache-2.0
// What every codec does to text and time on the way out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace mtpool::control::codec {

/// Valid UTF-8 without NUL, whatever came in: protobuf strings must be, and clients show them.
std::string outgoing(std::string_view text);

/// Outgoing text that may hold URLs: their passwords stay here (config/redact.h).
std::string withoutPasswords(std::string_view text);

inline std::int64_t micros(WallTime at) {
  return at.time_since_epoch().count();
}

}  // namespace mtpool::control::codec
