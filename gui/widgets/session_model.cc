// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/session_model.h"

#include <QLocale>
#include <algorithm>
#include <tuple>

#include "gui/link/plain_text.h"
#include "gui/widgets/format.h"

namespace mtpool::gui {
namespace {

struct Span {
  int first = 0;
  int last = 0;
  int left = 0;
  int right = 0;
};

/// The columns in which two states of a row differ; left > right when in none.
std::pair<int, int> differingColumns(const pb::Session& a, const pb::Session& b) {
  using Model = SessionModel;
  const std::pair<int, bool> differs[] = {
      {Model::User, a.user_id() != b.user_id()},
      {Model::Account, a.account() != b.account()},
      {Model::State, a.state() != b.state()},
      {Model::Dc, a.dc() != b.dc()},
      {Model::Age, a.started_at_us() != b.started_at_us()},
      {Model::Messages, a.messages() != b.messages()},
      {Model::Speed, a.messages_per_second() != b.messages_per_second()},
      {Model::Channels, a.channels() != b.channels()},
      {Model::Errors, a.errors() != b.errors()},
      {Model::Target, a.target() != b.target()},
      {Model::Why, a.why() != b.why()},
  };
  int left = Model::ColumnCount;
  int right = -1;
  for (const auto& [column, different] : differs) {
    if (different) {
      left = std::min(left, column);
      right = std::max(right, column);
    }
  }
  return {left, right};
}

Tone stateTone(const std::string& state) {
  return state == "collecting"   ? Tone::Good
         : state == "waiting"    ? Tone::Warn
         : state == "connecting" ? Tone::Accent
                                 : Tone::Neutral;
}

}  // namespace

SessionModel::SessionModel(const Mirror& mirror, QObject* parent)
    : QAbstractTableModel(parent), mirror_(mirror) {
  connect(&mirror, &Mirror::sessionsChanged, this, &SessionModel::gather);
}

void SessionModel::gather(const SessionDelta& delta) {
  if (delta.reset) {
    // A snapshot is a diff too: what we show and it lacks is gone, everything else may have changed.
    for (const auto& row : rows_) {
      gone_.insert(row.id());
    }
    for (const auto& [id, session] : mirror_.sessions()) {
      gone_.erase(id);
      changed_.insert(id);
    }
  }
  for (const auto id : delta.removed) {
    changed_.erase(id);
    gone_.insert(id);
  }
  for (const auto id : delta.upserted) {
    gone_.erase(id);
    changed_.insert(id);
  }
  Q_EMIT pending();
}

void SessionModel::flush() {
  removeGone();
  updateChanged();
  appendNew();
  changed_.clear();
  gone_.clear();
}

void SessionModel::removeGone() {
  std::vector<int> doomed;
  for (const auto id : gone_) {
    const auto known = rowOf_.find(id);
    if (known != rowOf_.end()) {
      doomed.push_back(known->second);
    }
  }
  if (doomed.empty()) {
    return;
  }
  std::sort(doomed.begin(), doomed.end());
  std::size_t runs = 1;
  for (std::size_t i = 1; i < doomed.size(); ++i) {
    runs += doomed[i] != doomed[i - 1] + 1 ? 1 : 0;
  }
  if (runs > kMaxSpans) {
    // Too scattered to take out piece by piece; a view's selection is lost only in this rare upheaval.
    beginResetModel();
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(),
                               [this](const pb::Session& row) { return gone_.count(row.id()) > 0; }),
                rows_.end());
    endResetModel();
  } else {
    for (auto last = doomed.rbegin(); last != doomed.rend();) {
      auto first = last;
      while (std::next(first) != doomed.rend() && *std::next(first) == *first - 1) {
        ++first;
      }
      beginRemoveRows({}, *first, *last);
      rows_.erase(rows_.begin() + *first, rows_.begin() + *last + 1);
      endRemoveRows();
      last = std::next(first);
    }
  }
  rowOf_.clear();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    rowOf_[rows_[i].id()] = static_cast<int>(i);
  }
}

void SessionModel::updateChanged() {
  std::vector<std::tuple<int, int, int>> touched;  // row, left, right
  for (const auto id : changed_) {
    const auto known = rowOf_.find(id);
    const auto news = mirror_.sessions().find(id);
    if (known == rowOf_.end() || news == mirror_.sessions().end()) {
      continue;
    }
    auto& row = rows_[static_cast<std::size_t>(known->second)];
    const auto [left, right] = differingColumns(row, news->second);
    if (left <= right) {
      row = news->second;
      touched.emplace_back(known->second, left, right);
    }
  }
  std::sort(touched.begin(), touched.end());
  std::vector<Span> spans;
  for (const auto& [row, left, right] : touched) {
    if (!spans.empty() && spans.back().last + 1 == row) {
      auto& span = spans.back();
      span = {span.first, row, std::min(span.left, left), std::max(span.right, right)};
    } else {
      spans.push_back({row, row, left, right});
    }
  }
  if (spans.size() > kMaxSpans) {
    Span all = spans.front();
    for (const auto& span : spans) {
      all = {all.first, span.last, std::min(all.left, span.left), std::max(all.right, span.right)};
    }
    spans = {all};
  }
  for (const auto& span : spans) {
    Q_EMIT dataChanged(index(span.first, span.left), index(span.last, span.right));
  }
}

void SessionModel::appendNew() {
  std::vector<const pb::Session*> fresh;
  for (const auto id : changed_) {
    const auto news = mirror_.sessions().find(id);
    if (rowOf_.count(id) == 0 && news != mirror_.sessions().end()) {
      fresh.push_back(&news->second);
    }
  }
  if (fresh.empty()) {
    return;
  }
  const int first = static_cast<int>(rows_.size());
  beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
  for (const auto* session : fresh) {
    rowOf_[session->id()] = static_cast<int>(rows_.size());
    rows_.push_back(*session);
  }
  endInsertRows();
}

int SessionModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int SessionModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

bool SessionModel::isNumeric(int column) {
  switch (column) {
    case Id:
    case User:
    case Dc:
    case Age:
    case Messages:
    case Speed:
    case Channels:
    case Errors:
      return true;
    default:
      return false;
  }
}

QString SessionModel::text(const pb::Session& session, int column) const {
  switch (column) {
    case Id:
      return QString::number(session.id());
    case User:
      return QString::number(session.user_id());
    case Account:
      return plainText(session.account(), kMaxCellChars);
    case State:
      return plainText(session.state(), kMaxCellChars);
    case Dc:
      return session.dc() > 0 ? QString::number(session.dc()) : noValue();
    case Age:
      return formatSpan((mirror_.engineNowUs() - session.started_at_us()) / 1000000);
    case Messages:
      return formatCount(session.messages());
    case Speed:
      return formatRate(session.messages_per_second());
    case Channels:
      return formatCount(session.channels());
    case Errors:
      return formatCount(session.errors());
    case Target:
      return plainText(session.target(), kMaxCellChars);
    default:
      return plainText(session.why(), kMaxCellChars);
  }
}

QVariant SessionModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const auto& row = session(index.row());
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return text(row, index.column());
    case Qt::TextAlignmentRole:
      return static_cast<int>(Qt::AlignVCenter |
                              (isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case kToneRole:
      return index.column() == State ? QVariant(static_cast<int>(stateTone(row.state())))
             : index.column() == Errors && row.errors() > 0 ? QVariant(static_cast<int>(Tone::Bad))
                                                            : QVariant();
    default:
      return {};
  }
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role != Qt::DisplayRole || section < 0 || section >= ColumnCount) {
    return {};
  }
  const QString names[] = {tr("ID"),   tr("User"),  tr("Account"),  tr("State"),  tr("DC"),     tr("Age"),
                           tr("Msgs"), tr("Msg/s"), tr("Channels"), tr("Errors"), tr("Target"), tr("Why")};
  return names[section];
}

bool SessionModel::lessThan(int left, int right, int column) const {
  const auto& a = session(left);
  const auto& b = session(right);
  switch (column) {
    case User:
      return a.user_id() < b.user_id();
    case Account:
      return a.account() < b.account();
    case State:
      return a.state() < b.state();
    case Dc:
      return a.dc() < b.dc();
    case Age:
      return a.started_at_us() > b.started_at_us();
    case Messages:
      return a.messages() < b.messages();
    case Speed:
      return a.messages_per_second() < b.messages_per_second();
    case Channels:
      return a.channels() < b.channels();
    case Errors:
      return a.errors() < b.errors();
    case Target:
      return a.target() < b.target();
    case Why:
      return a.why() < b.why();
    default:
      return a.id() < b.id();
  }
}

bool SessionModel::matches(int row, const QString& word) const {
  const auto& each = session(row);
  for (const int column : {Account, State, Target, Why, Id, User}) {
    if (text(each, column).contains(word, Qt::CaseInsensitive)) {
      return true;
    }
  }
  return false;
}

QString SessionModel::rowAsTsv(int row) const {
  QStringList cells;
  for (int column = 0; column < ColumnCount; ++column) {
    cells.append(text(session(row), column));
  }
  return cells.join(QLatin1Char('\t'));
}

}  // namespace mtpool::gui
