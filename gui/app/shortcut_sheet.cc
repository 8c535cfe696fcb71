// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/shortcut_sheet.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QVariant>

#include "gui/widgets/plain_label.h"

namespace mtpool::gui {

ShortcutSheet::ShortcutSheet(QWidget* window) : QFrame(window) {
  setProperty("role", QStringLiteral("card"));
  setAccessibleName(tr("Keyboard shortcuts"));
  setFocusPolicy(Qt::StrongFocus);
  const std::pair<QString, QString> keys[] = {
      {QStringLiteral("Ctrl+1 … Ctrl+3"), tr("go to a page")},
      {QStringLiteral("Ctrl+F"), tr("filter the list")},
      {QStringLiteral("F5"), tr("ask the engine again, or reconnect now")},
      {tr("Space"), tr("pause what moves, and go on")},
      {QStringLiteral("Ctrl+C"), tr("copy the selected rows as TSV")},
      {QStringLiteral("Ctrl+Q"), tr("quit; the engine keeps running")},
      {QStringLiteral("F1, ?"), tr("this sheet")},
  };
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(28, 22, 28, 22);
  layout->setHorizontalSpacing(28);
  layout->setVerticalSpacing(10);
  layout->addWidget(new PlainLabel("heading", tr("Keyboard shortcuts")), 0, 0, 1, 2);
  int row = 1;
  for (const auto& [key, meaning] : keys) {
    layout->addWidget(new PlainLabel("title", key), row, 0);
    layout->addWidget(new PlainLabel("", meaning), row++, 1);
  }
  hide();
}

void ShortcutSheet::toggle() {
  if (isVisible()) {
    hide();
    return;
  }
  adjustSize();
  move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 3);
  raise();
  show();
  setFocus();
}

void ShortcutSheet::mousePressEvent(QMouseEvent*) {
  hide();
}

void ShortcutSheet::keyPressEvent(QKeyEvent*) {
  hide();
}

void ShortcutSheet::focusOutEvent(QFocusEvent*) {
  hide();
}

}  // namespace mtpool::gui
