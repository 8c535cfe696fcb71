// SPDX-License-Identifier: GPL-3.0-or-later
// The list of keys, over the page; any key or click closes it.
#pragma once

#include <QFrame>

namespace mtpool::gui {

class ShortcutSheet : public QFrame {
  Q_OBJECT
 public:
  explicit ShortcutSheet(QWidget* window);
  void toggle();

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
};

}  // namespace mtpool::gui
