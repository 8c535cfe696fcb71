// SPDX-License-Identifier: GPL-3.0-or-later
// A text field with arrows. Unlike a spin box it keeps what was typed, also when it is wrong: the form says
// so instead of silently making it something else. The wheel scrolls the page, never the value.
#pragma once

#include <QAbstractSpinBox>

namespace mtpool::gui {

class StepEdit : public QAbstractSpinBox {
  Q_OBJECT
 public:
  explicit StepEdit(QWidget* parent = nullptr);

  void setText(const QString& text);
  /// Whole numbers between these; without, the arrows do nothing.
  void setBounds(double min, double max);

  void stepBy(int steps) override;

  QValidator::State validate(QString&, int&) const override { return QValidator::Acceptable; }

 Q_SIGNALS:
  void textEdited(const QString& text);

 protected:
  StepEnabled stepEnabled() const override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  double min_ = 0;
  double max_ = -1;
};

}  // namespace mtpool::gui
