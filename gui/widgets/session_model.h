// SPDX-License-Identifier: GPL-3.0-or-later
// The sessions as a table over the mirror. News is gathered and shown in place by flush(): rows keep their
// identity, so selection and scroll position survive, and one flush emits a bounded number of signals.
#pragma once

#include <QAbstractTableModel>
#include <set>
#include <unordered_map>
#include <vector>

#include "gui/link/mirror.h"
#include "gui/widgets/theme.h"

namespace mtpool::gui {

class SessionModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Id,
    User,
    Account,
    State,
    Dc,
    Age,
    Messages,
    Speed,
    Channels,
    Errors,
    Target,
    Why,
    ColumnCount
  };

  /// Qt::UserRole + …; the tone of the State column.
  static constexpr int kToneRole = Qt::UserRole + 1;
  /// Changed rows are joined into spans; beyond this many, one span covers all of them.
  static constexpr std::size_t kMaxSpans = 64;

  explicit SessionModel(const Mirror& mirror, QObject* parent = nullptr);

  /// Shows what gathered since the last flush.
  void flush();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  const pb::Session& session(int row) const { return rows_.at(static_cast<std::size_t>(row)); }

  static bool isNumeric(int column);
  /// Orders two rows by a column without building strings.
  bool lessThan(int left, int right, int column) const;
  /// Whether any of the row's texts contains the word, case-insensitively.
  bool matches(int row, const QString& word) const;
  /// The whole row as tab-separated text.
  QString rowAsTsv(int row) const;

 Q_SIGNALS:
  /// Something gathered; the owner decides when to flush.
  void pending();

 private:
  void gather(const SessionDelta& delta);
  void removeGone();
  void updateChanged();
  void appendNew();
  QString text(const pb::Session& session, int column) const;

  const Mirror& mirror_;
  std::vector<pb::Session> rows_;
  std::unordered_map<qint64, int> rowOf_;
  std::set<qint64> changed_;
  std::set<qint64> gone_;
};

}  // namespace mtpool::gui
