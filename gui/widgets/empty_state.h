// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where a list would be: what is missing, and what to do about it.
#pragma once

#include <QWidget>

#include "gui/widgets/plain_label.h"

namespace mtpool::gui {

class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(QWidget* parent = nullptr);
  /// command, if any, is a line to type, shown in a fixed-width font.
  void set(const QString& headline, const QString& advice, const QString& command = {});

 private:
  PlainLabel* headline_;
  PlainLabel* advice_;
  PlainLabel* command_;
};

}  // namespace mtpool::gui
