// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/state_delegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "gui/link/plain_text.h"
#include "gui/widgets/tone_shape.h"

namespace mtpool::gui {
namespace {

constexpr int kShape = 9;
constexpr int kPadding = 8;

}  // namespace

StateDelegate::StateDelegate(int stateColumn, int toneRole, QObject* parent)
    : QStyledItemDelegate(parent), stateColumn_(stateColumn), toneRole_(toneRole) {}

void StateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  const auto& colors = Theme::instance().colors();
  const bool stale = option.widget && option.widget->property("stale").toBool();
  const auto tone = index.data(toneRole_);
  if (option.state & QStyle::State_Selected) {
    painter->fillRect(option.rect, colors.selection);
  }
  QRect box = option.rect.adjusted(kPadding, 0, -kPadding, 0);
  painter->setFont(option.font);
  painter->setPen(stale ? colors.muted : colors.text);
  if (tone.isValid() && index.column() == stateColumn_) {
    paintToneShape(*painter, QRectF(box.left(), box.center().y() - kShape / 2.0 + 0.5, kShape, kShape),
                   static_cast<Tone>(tone.toInt()));
    box.adjust(kShape + 6, 0, 0, 0);
  } else if (tone.isValid() && !stale) {
    painter->setPen(Theme::instance().tone(static_cast<Tone>(tone.toInt())));
  }
  const auto text = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, box.width());
  painter->drawText(box, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine, text);
}

bool StateDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
  if (event->type() != QEvent::ToolTip) {
    return QStyledItemDelegate::helpEvent(event, view, option, index);
  }
  const auto text = index.data().toString();
  const bool cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * kPadding;
  QToolTip::showText(event->globalPos(), cut ? plainToolTip(text) : QString(), view);
  return true;
}

}  // namespace mtpool::gui
