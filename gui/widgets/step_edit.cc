// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/step_edit.h"

#include <QLineEdit>
#include <QWheelEvent>
#include <algorithm>

namespace mtpool::gui {

StepEdit::StepEdit(QWidget* parent) : QAbstractSpinBox(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setAlignment(Qt::AlignRight);
  connect(lineEdit(), &QLineEdit::textEdited, this, &StepEdit::textEdited);
}

void StepEdit::setText(const QString& text) {
  if (lineEdit()->text() != text) {
    lineEdit()->setText(text);
  }
}

void StepEdit::setBounds(double min, double max) {
  min_ = min;
  max_ = max;
}

void StepEdit::stepBy(int steps) {
  bool ok = false;
  const auto now = lineEdit()->text().toLongLong(&ok);
  if (ok) {
    const auto next = std::clamp(static_cast<double>(now + steps), min_, std::max(min_, max_));
    setText(QString::number(static_cast<qint64>(next)));
    Q_EMIT textEdited(lineEdit()->text());
  }
}

QAbstractSpinBox::StepEnabled StepEdit::stepEnabled() const {
  bool ok = false;
  const auto now = static_cast<double>(lineEdit()->text().toLongLong(&ok));
  StepEnabled enabled = StepNone;
  enabled.setFlag(StepUpEnabled, ok && now < max_);
  enabled.setFlag(StepDownEnabled, ok && max_ > min_ && now > min_);
  return enabled;
}

void StepEdit::wheelEvent(QWheelEvent* event) {
  event->ignore();
}

}  // namespace mtpool::gui
