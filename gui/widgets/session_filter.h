// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts and filters the sessions. Every word of the filter must occur somewhere in the row.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace mtpool::gui {

class SessionModel;

class SessionFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit SessionFilter(SessionModel& model, QObject* parent = nullptr);

  void setWords(const QString& text);
  /// The sorted column's heading carries an arrow.
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  /// The given rows of this proxy as tab-separated lines under a heading.
  QString asTsv(const QList<int>& rows) const;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  SessionModel& model_;
  QStringList words_;
};

}  // namespace mtpool::gui
