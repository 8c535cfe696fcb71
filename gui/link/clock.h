// SPDX-License-Identifier: GPL-3.0-or-later
// Time enters the console here, so that tests can age data without waiting.
#pragma once

#include <QElapsedTimer>
#include <QtGlobal>

namespace mtpool::gui {

class Clock {
 public:
  virtual ~Clock() = default;
  /// For ages and deadlines: never jumps.
  virtual qint64 monoMs() const = 0;
  /// UTC milliseconds since 1970, for stamps people read.
  virtual qint64 wallMs() const = 0;
};

/// The host's clocks.
class SystemClock final : public Clock {
 public:
  SystemClock();
  qint64 monoMs() const override;
  qint64 wallMs() const override;

 private:
  QElapsedTimer timer_;
};

}  // namespace mtpool::gui
