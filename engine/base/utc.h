// SPDX-License-Identifier: Apache-2.0
// A moment in UTC, to the second, as people and scripts read it.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace mtpool {

/// "2026-11-21" and "18:05:09" with `between` amid them and `end` behind.
std::string utcStamp(WallTime at, std::string_view between, std::string_view end);

/// "2026-11-21 18:05:09 UTC".
std::string utcText(WallTime at);

}  // namespace mtpool
