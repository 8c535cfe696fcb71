// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/clock.h"

#include <QDateTime>

namespace mtpool::gui {

SystemClock::SystemClock() {
  timer_.start();
}

qint64 SystemClock::monoMs() const {
  return timer_.elapsed();
}

qint64 SystemClock::wallMs() const {
  return QDateTime::currentMSecsSinceEpoch();
}

}  // namespace mtpool::gui
