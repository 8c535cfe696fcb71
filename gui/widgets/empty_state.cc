// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/empty_state.h"

#include <QVBoxLayout>

namespace mtpool::gui {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {
  headline_ = new PlainLabel("title");
  advice_ = new PlainLabel("muted");
  advice_->setWordWrap(true);
  command_ = new PlainLabel("code");
  command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(8);
  layout->addStretch();
  for (auto* label : {headline_, advice_}) {
    label->setAlignment(Qt::AlignCenter);
    layout->addWidget(label);
  }
  layout->addWidget(command_, 0, Qt::AlignHCenter);
  layout->addStretch();
}

void EmptyState::set(const QString& headline, const QString& advice, const QString& command) {
  headline_->setText(headline);
  advice_->setText(advice);
  command_->setText(command);
  command_->setVisible(!command.isEmpty());
  setAccessibleName(QStringLiteral("%1. %2").arg(headline, advice));
}

}  // namespace mtpool::gui
