// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/axis_memory.h"

#include <algorithm>
#include <cmath>

namespace mtpool::gui {

double AxisMemory::upper(double needed, qint64 monoMs) {
  if (needed >= upper_) {
    upper_ = needed;
    smallerSinceMs_ = -1;
    return upper_;
  }
  if (smallerSinceMs_ < 0) {
    smallerSinceMs_ = monoMs;
    peak_ = needed;
  }
  peak_ = std::max(peak_, needed);
  if (monoMs - smallerSinceMs_ >= kShrinkAfterMs) {
    upper_ = peak_;
    smallerSinceMs_ = -1;
  }
  return upper_;
}

double niceCeiling(double value, bool binary) {
  if (!(value > 0)) {
    return 1;
  }
  if (binary) {
    return std::exp2(std::ceil(std::log2(value)));
  }
  const double decade = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (value <= step * decade) {
      return step * decade;
    }
  }
  return 10 * decade;
}

}  // namespace mtpool::gui
