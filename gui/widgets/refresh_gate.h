// SPDX-License-Identifier: GPL-3.0-or-later
// Lets news through to the screen at most twice a second, however fast they come, and not at all while
// paused.
#pragma once

#include <QObject>
#include <QTimer>

namespace mtpool::gui {

class RefreshGate : public QObject {
  Q_OBJECT
 public:
  static constexpr int kIntervalMs = 500;

  explicit RefreshGate(QObject* parent = nullptr);

  /// There is something new to show.
  void poke();
  /// While closed, pokes are remembered; opening shows what gathered.
  void setOpen(bool open);

 Q_SIGNALS:
  void refresh();

 private:
  void pass();

  QTimer rest_;
  bool waiting_ = false;
  bool open_ = true;
};

}  // namespace mtpool::gui
