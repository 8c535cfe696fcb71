// SPDX-License-Identifier: GPL-3.0-or-later
// The line at the foot of the window: contact, latency, age of the data, engine, role, time.
#pragma once

#include <QFrame>

#include "gui/app/page.h"

namespace mtpool::gui {

class Badge;
class PlainLabel;

class StatusStrip : public QFrame {
  Q_OBJECT
 public:
  explicit StatusStrip(const Desk& desk, QWidget* parent = nullptr);
  void refresh();
  QString text() const;

 private:
  Desk desk_;
  Badge* state_;
  PlainLabel* facts_;
  PlainLabel* time_;
};

}  // namespace mtpool::gui
