// SPDX-License-Identifier: GPL-3.0-or-later
// Draws table cells: a shape before a state, colour where a tone says so, and tooltips that stay plain text.
#pragma once

#include <QStyledItemDelegate>

namespace mtpool::gui {

class StateDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  /// stateColumn gets the shape; toneRole is where cells keep their Tone.
  StateDelegate(int stateColumn, int toneRole, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                 const QModelIndex& index) override;

 private:
  const int stateColumn_;
  const int toneRole_;
};

}  // namespace mtpool::gui
