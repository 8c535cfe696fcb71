// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/session_filter.h"

#include "gui/widgets/session_model.h"

namespace mtpool::gui {

SessionFilter::SessionFilter(SessionModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
  setDynamicSortFilter(true);
}

void SessionFilter::setWords(const QString& text) {
  words_ = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  invalidateFilter();
}

QVariant SessionFilter::headerData(int section, Qt::Orientation orientation, int role) const {
  const auto heading = QSortFilterProxyModel::headerData(section, orientation, role);
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section != sortColumn()) {
    return heading;
  }
  return heading.toString() + QLatin1Char(' ') + QChar(sortOrder() == Qt::AscendingOrder ? 0x2191 : 0x2193);
}

QString SessionFilter::asTsv(const QList<int>& rows) const {
  QStringList heading;
  for (int column = 0; column < SessionModel::ColumnCount; ++column) {
    heading.append(model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
  }
  QStringList lines{heading.join(QLatin1Char('\t'))};
  for (const int row : rows) {
    lines.append(model_.rowAsTsv(mapToSource(index(row, 0)).row()));
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

bool SessionFilter::filterAcceptsRow(int row, const QModelIndex&) const {
  for (const auto& word : words_) {
    if (!model_.matches(row, word)) {
      return false;
    }
  }
  return true;
}

bool SessionFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  return model_.lessThan(left.row(), right.row(), left.column());
}

}  // namespace mtpool::gui
