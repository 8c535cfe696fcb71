// SPDX-License-Identifier: Apache-2.0
// A moment as people read it in a sentence.
#pragma once

#include <string>

#include "engine/base/clock.h"

namespace mtpool {

/// "2026-11-21 18:05:09 UTC".
std::string utcText(WallTime at);

}  // namespace mtpool
