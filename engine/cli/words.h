// SPDX-License-Identifier: Apache-2.0
// Times and numbers as cells.
#pragma once

#include <cstdint>
#include <string>

#include "engine/cli/table.h"

namespace mtpool::cli {

/// "2026-11-21 11:03:57" UTC for people, ISO 8601 for programs; 0 is empty.
Cell atTime(std::int64_t unixMicros);

/// "in 04:12", "now"; ISO 8601 for programs; 0 is empty.
Cell untilTime(std::int64_t unixMicros, std::int64_t nowMicros);

/// "12,345".
Cell count(std::int64_t n);

/// "512", "3.4".
Cell rate(double perSecond);

std::string grouped(std::int64_t n);

}  // namespace mtpool::cli
