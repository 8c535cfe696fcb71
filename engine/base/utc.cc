// SPDX-License-Identifier: Apache-2.0
#include "engine/base/utc.h"

#include <fmt/format.h>

namespace mtpool {

std::string utcStamp(WallTime at, std::string_view between, std::string_view end) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}{}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), between,
                     time.hours().count(), time.minutes().count(), time.seconds().count(), end);
}

std::string utcText(WallTime at) {
  return utcStamp(at, " ", " UTC");
}

}  // namespace mtpool
