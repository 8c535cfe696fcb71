// SPDX-License-Identifier: GPL-3.0-or-later
// The upper end of a chart's axis over time: it grows at once, so nothing is cut off, and shrinks only after
// ten quiet seconds, so it doesn't twitch.
#pragma once

#include <QtGlobal>

namespace mtpool::gui {

class AxisMemory {
 public:
  static constexpr qint64 kShrinkAfterMs = 10000;

  /// The end to draw, given the end the data needs now.
  double upper(double needed, qint64 monoMs);

 private:
  double upper_ = 0;
  double peak_ = 0;  // the most that was needed since smallerSinceMs_
  qint64 smallerSinceMs_ = -1;
};

/// The next round number at or above value, a power of two when binary; 1 for nothing.
double niceCeiling(double value, bool binary);

}  // namespace mtpool::gui
