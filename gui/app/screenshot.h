// SPDX-License-Identifier: GPL-3.0-or-later
// --screenshot: waits for the first data of a page (or for the news that there is no engine), then writes the
// window as PNG and ends the program.
#pragma once

#include <QObject>
#include <QTimer>

#include "gui/app/main_window.h"

namespace mtpool::gui {

class Screenshot : public QObject {
  Q_OBJECT
 public:
  /// Ends the event loop with 0 when the file is written, else 1.
  Screenshot(MainWindow& window, const Desk& desk, QString file);
  void start();

 private:
  void check();
  void shoot();

  MainWindow& window_;
  Desk desk_;
  const QString file_;
  QTimer poll_;
  QTimer deadline_;
};

}  // namespace mtpool::gui
