// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/tone_shape.h"

#include <QPainter>
#include <QPolygonF>

namespace mtpool::gui {

void paintToneShape(QPainter& painter, const QRectF& box, Tone tone) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor color = Theme::instance().tone(tone);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  const QRectF ring = box.adjusted(0.75, 0.75, -0.75, -0.75);
  switch (tone) {
    case Tone::Good:
      painter.drawEllipse(box);
      break;
    case Tone::Warn:
      painter.drawPolygon(
          QPolygonF({QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()}));
      break;
    case Tone::Bad:
      painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
      break;
    case Tone::Accent:
      painter.drawPie(ring, 90 * 16, 180 * 16);
      [[fallthrough]];
    case Tone::Neutral:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(color, 1.5));
      painter.drawEllipse(ring);
      break;
  }
  painter.restore();
}

}  // namespace mtpool::gui
