// SPDX-License-Identifier: GPL-3.0-or-later
// A strip above the page that says what is wrong and offers the way out. There is one; it never blocks.
#pragma once

#include <QFrame>

#include "gui/widgets/plain_label.h"

class QPushButton;

namespace mtpool::gui {

class Banner : public QFrame {
  Q_OBJECT
 public:
  explicit Banner(QWidget* parent = nullptr);

  /// Empty action = no button.
  void show(const QString& text, const QString& action);
  QString text() const;

 Q_SIGNALS:
  void actionTriggered();

 private:
  PlainLabel* text_;
  QPushButton* action_;
};

}  // namespace mtpool::gui
