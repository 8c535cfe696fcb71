// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/banner.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVariant>

#include "gui/widgets/badge.h"

namespace mtpool::gui {

Banner::Banner(QWidget* parent) : QFrame(parent) {
  setProperty("role", QStringLiteral("banner"));
  auto* mark = new Badge;
  mark->set(Tone::Warn, {});
  text_ = new PlainLabel("");
  text_->setWordWrap(true);
  action_ = new QPushButton;
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(16, 8, 16, 8);
  layout->setSpacing(10);
  layout->addWidget(mark);
  layout->addWidget(text_, 1);
  layout->addWidget(action_);
  connect(action_, &QPushButton::clicked, this, &Banner::actionTriggered);
  hide();
}

void Banner::show(const QString& text, const QString& action) {
  if (text_->text() != text) {
    text_->setText(text);
  }
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
  setAccessibleName(text);
  setVisible(true);
}

QString Banner::text() const {
  return text_->text();
}

}  // namespace mtpool::gui
