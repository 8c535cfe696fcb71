// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/format.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace mtpool::gui {

QString noValue() {
  return QStringLiteral("—");
}

QString formatBytes(double bytes) {
  static constexpr const char* kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < std::size(kUnits)) {
    bytes /= 1024;
    ++unit;
  }
  // U+00A0: a number and its unit never part at a line's end.
  return QLocale().toString(bytes, 'f', unit == 0 ? 0 : 1) + QChar(0xA0) + QLatin1String(kUnits[unit]);
}

QString formatCount(qint64 count) {
  return QLocale().toString(count);
}

QString formatRate(double perSecond) {
  return QLocale().toString(perSecond, 'f', 1);
}

QString formatSpan(qint64 seconds) {
  seconds = std::max<qint64>(0, seconds);
  const auto two = [](qint64 n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
  const auto days = seconds / 86400;
  const auto hours = seconds / 3600 % 24;
  const auto minutes = two(seconds / 60 % 60);
  if (days > 0) {
    return QStringLiteral("%1d %2:%3").arg(days).arg(two(hours), minutes);
  }
  if (hours > 0) {
    return QStringLiteral("%1:%2:%3").arg(hours).arg(minutes, two(seconds % 60));
  }
  return minutes + QLatin1Char(':') + two(seconds % 60);
}

QString formatUtcTime(qint64 wallMs) {
  return QDateTime::fromMSecsSinceEpoch(wallMs, Qt::UTC).toString(QStringLiteral("HH:mm:ss"));
}

}  // namespace mtpool::gui
