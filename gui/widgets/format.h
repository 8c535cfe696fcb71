// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers for people: each with its unit, in the locale's notation, with a constant count of decimals.
#pragma once

#include <QString>

namespace mtpool::gui {

/// What stands where there is no value.
QString noValue();

QString formatBytes(double bytes);     // "3.1 GiB"
QString formatCount(qint64 count);     // "12,345"
QString formatRate(double perSecond);  // "36.2", without the unit
QString formatSpan(qint64 seconds);    // "04:12", "1:04:12", "3d 04:12"
QString formatUtcTime(qint64 wallMs);  // "12:03:11"

}  // namespace mtpool::gui
