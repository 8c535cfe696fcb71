// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/plain_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <QVariant>

#include "gui/link/plain_text.h"

namespace mtpool::gui {

PlainLabel::PlainLabel(const char* role, const QString& text, QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setTextInteractionFlags(Qt::NoTextInteraction);
  setOpenExternalLinks(false);
  setProperty("role", QLatin1String(role));
  setText(text);
}

void PlainLabel::setElided(bool elided) {
  elided_ = elided;
  setSizePolicy(elided ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
  update();
}

void PlainLabel::setRole(const char* role) {
  if (property("role").toString() != QLatin1String(role)) {
    setProperty("role", QLatin1String(role));
    style()->unpolish(this);
    style()->polish(this);
  }
}

QSize PlainLabel::minimumSizeHint() const {
  return elided_ ? QSize(0, QLabel::minimumSizeHint().height()) : QLabel::minimumSizeHint();
}

void PlainLabel::paintEvent(QPaintEvent* event) {
  if (!elided_) {
    QLabel::paintEvent(event);
    return;
  }
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  const auto shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
  painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
}

bool PlainLabel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && elided_) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
      QToolTip::showText(help->globalPos(), plainToolTip(text()), this);
    }
    return true;
  }
  return QLabel::event(event);
}

}  // namespace mtpool::gui
