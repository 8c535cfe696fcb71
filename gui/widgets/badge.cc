// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/badge.h"

#include <QFontMetrics>
#include <QPainter>

#include "gui/widgets/tone_shape.h"

namespace mtpool::gui {
namespace {

constexpr int kShape = 9;
constexpr int kGap = 6;
constexpr int kPadding = 7;

}  // namespace

Badge::Badge(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Badge::set(Tone tone, const QString& text) {
  tone_ = tone;
  text_ = text;
  setAccessibleName(text);
  updateGeometry();
  update();
}

void Badge::setFramed(bool framed) {
  framed_ = framed;
  updateGeometry();
}

QFont Badge::badgeFont() const {
  QFont small = font();
  small.setPixelSize(framed_ ? 11 : 13);
  return small;
}

QSize Badge::sizeHint() const {
  const QFontMetrics metrics(badgeFont());
  const int text = metrics.horizontalAdvance(text_);
  return framed_ ? QSize(text + 2 * kPadding, metrics.height() + 4)
                 : QSize(text + kShape + kGap + 2, metrics.height() + 4);
}

void Badge::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(badgeFont());
  if (framed_) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::instance().tone(tone_));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text_);
    return;
  }
  paintToneShape(painter, QRectF(1, (height() - kShape) / 2.0, kShape, kShape), tone_);
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(rect().adjusted(kShape + kGap, 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, text_);
}

}  // namespace mtpool::gui
