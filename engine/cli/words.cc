// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/words.h"

#include <fmt/format.h>

#include <chrono>

#include "engine/base/text.h"
#include "engine/base/utc.h"

namespace mtpool::cli {

namespace {

constexpr std::int64_t kMicros = 1'000'000;

std::string stamp(std::int64_t unixMicros, std::string_view between, std::string_view end) {
  return utcStamp(WallTime(std::chrono::seconds(unixMicros / kMicros)), between, end);
}

}  // namespace

Cell atTime(std::int64_t unixMicros) {
  return unixMicros <= 0 ? Cell("") : Cell(stamp(unixMicros, " ", ""), stamp(unixMicros, "T", "Z"));
}

Cell untilTime(std::int64_t unixMicros, std::int64_t nowMicros) {
  if (unixMicros <= 0) {
    return Cell("");
  }
  const std::chrono::seconds left((unixMicros - nowMicros + kMicros - 1) / kMicros);
  return {left.count() <= 0 ? "now" : fmt::format("in {}", humanDuration(left)), stamp(unixMicros, "T", "Z")};
}

std::string grouped(std::int64_t n) {
  std::string digits = std::to_string(n);
  const std::size_t first = n < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

Cell count(std::int64_t n) {
  return {grouped(n), std::to_string(n)};
}

Cell rate(double perSecond) {
  return {perSecond >= 100 ? fmt::format("{:.0f}", perSecond) : fmt::format("{:.1f}", perSecond),
          fmt::format("{:.3f}", perSecond)};
}

}  // namespace mtpool::cli
