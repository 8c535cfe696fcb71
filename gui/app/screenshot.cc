// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/screenshot.h"

#include <QApplication>
#include <QPixmap>
#include <cstdio>

namespace mtpool::gui {
namespace {

constexpr int kDeadlineMs = 10000;
constexpr int kPollMs = 50;
// Time for the refresh gate and queued plots to put on the screen what has arrived.
constexpr int kSettleMs = 900;

}  // namespace

Screenshot::Screenshot(MainWindow& window, const Desk& desk, QString file)
    : window_(window), desk_(desk), file_(std::move(file)) {
  poll_.setInterval(kPollMs);
  connect(&poll_, &QTimer::timeout, this, &Screenshot::check);
  deadline_.setSingleShot(true);
  connect(&deadline_, &QTimer::timeout, this, &Screenshot::shoot);
}

void Screenshot::start() {
  window_.resize(1280, 800);
  window_.show();
  poll_.start();
  deadline_.start(kDeadlineMs);
}

void Screenshot::check() {
  const bool offline = desk_.link.state() == EngineLink::State::Waiting;
  if (window_.page()->ready() || offline) {
    poll_.stop();
    deadline_.start(kSettleMs);
  }
}

void Screenshot::shoot() {
  const bool written = window_.grab().save(file_, "PNG");
  if (!written) {
    std::fprintf(stderr, "mtpool-console: cannot write %s. Check the folder and its permissions.\n",
                 qPrintable(file_));
  }
  QApplication::exit(written ? 0 : 1);
}

}  // namespace mtpool::gui
