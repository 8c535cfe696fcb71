// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/refresh_gate.h"

namespace mtpool::gui {

RefreshGate::RefreshGate(QObject* parent) : QObject(parent) {
  rest_.setSingleShot(true);
  rest_.setInterval(kIntervalMs);
  connect(&rest_, &QTimer::timeout, this, &RefreshGate::pass);
}

void RefreshGate::poke() {
  waiting_ = true;
  if (!rest_.isActive()) {
    pass();
  }
}

void RefreshGate::setOpen(bool open) {
  open_ = open;
  if (open_ && !rest_.isActive()) {
    pass();
  }
}

void RefreshGate::pass() {
  if (waiting_ && open_) {
    waiting_ = false;
    rest_.start();
    Q_EMIT refresh();
  }
}

}  // namespace mtpool::gui
