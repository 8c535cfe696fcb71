// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/sessions_page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>
#include <QVariant>
#include <algorithm>

#include "gui/link/plain_text.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/format.h"
#include "gui/widgets/plain_label.h"
#include "gui/widgets/state_delegate.h"

namespace mtpool::gui {
namespace {

constexpr int kRowHeight = 30;
constexpr int kFilterWidth = 280;
constexpr int kWidths[SessionModel::ColumnCount] = {66, 104, 82, 108, 46, 72, 82, 74, 88, 76, 104, 120};

}  // namespace

SessionsPage::SessionsPage(const Desk& desk) : Page(desk), model_(desk.mirror), filter_(model_) {
  build();
  connect(&model_, &SessionModel::pending, &gate_, &RefreshGate::poke);
  connect(&gate_, &RefreshGate::refresh, this, [this] {
    model_.flush();
    showCounts();
    showDetail();
  });
  gate_.setOpen(false);
  showCounts();
}

void SessionsPage::build() {
  words_ = new QLineEdit;
  words_->setPlaceholderText(tr("Filter: account, state, target, reason … (Ctrl+F)"));
  words_->setAccessibleName(tr("Filter the sessions"));
  words_->setClearButtonEnabled(true);
  words_->setFixedWidth(kFilterWidth + 60);
  counts_ = new PlainLabel("muted");
  detail_ = new PlainLabel("muted");
  detail_->setElided(true);
  empty_ = new EmptyState;
  buildTable();
  auto* heading = new QHBoxLayout;
  heading->addWidget(new PlainLabel("heading", tr("Sessions")));
  heading->addSpacing(12);
  heading->addWidget(counts_);
  heading->addStretch();
  heading->addWidget(words_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 12);
  layout->setSpacing(12);
  layout->addLayout(heading);
  layout->addWidget(table_, 1);
  layout->addWidget(empty_, 1);
  layout->addWidget(detail_);
  connect(words_, &QLineEdit::textChanged, this, [this](const QString& text) {
    filter_.setWords(text);
    showCounts();
  });
}

void SessionsPage::buildTable() {
  table_ = new QTableView;
  table_->setModel(&filter_);
  table_->setAccessibleName(tr("Sessions"));
  table_->setItemDelegate(new StateDelegate(SessionModel::State, SessionModel::kToneRole, table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setWordWrap(false);
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  auto* header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsMovable(true);
  header->setStretchLastSection(true);
  header->setSectionsClickable(true);
  for (int column = 0; column < SessionModel::ColumnCount; ++column) {
    table_->setColumnWidth(column, kWidths[column]);
  }
  filter_.sort(sortColumn_, sortOrder_);
  connect(header, &QHeaderView::sectionClicked, this, &SessionsPage::sortBy);
  auto* copy = new QAction(tr("Copy rows"), table_);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  table_->addAction(copy);
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copy, &QAction::triggered, this, &SessionsPage::copySelection);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    showCounts();
    showDetail();
  });
}

/// The largest numbers are what one looks for: a numeric column starts descending.
void SessionsPage::sortBy(int column) {
  if (column == sortColumn_) {
    sortOrder_ = sortOrder_ == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
  } else {
    sortOrder_ = SessionModel::isNumeric(column) ? Qt::DescendingOrder : Qt::AscendingOrder;
  }
  sortColumn_ = column;
  filter_.sort(column, sortOrder_);
  table_->horizontalHeader()->viewport()->update();
}

void SessionsPage::setActive(bool active) {
  active_ = active;
  desk_.link.setSubscribed(pb::TOPIC_SESSIONS, active);
  gate_.setOpen(active_ && !paused_);
}

void SessionsPage::setPaused(bool paused) {
  paused_ = paused;
  gate_.setOpen(active_ && !paused_);
}

void SessionsPage::tick() {
  // Ages move on without news; painting the visible rows again is cheaper than telling every row.
  if (!paused_) {
    table_->viewport()->update();
  }
}

void SessionsPage::setStale(bool stale) {
  if (table_->property("stale").toBool() != stale) {
    table_->setProperty("stale", stale);
    table_->viewport()->update();
  }
}

void SessionsPage::reload() {
  desk_.link.setSubscribed(pb::TOPIC_SESSIONS, false);
  desk_.link.setSubscribed(pb::TOPIC_SESSIONS, true);
}

void SessionsPage::focusFilter() {
  words_->setFocus();
  words_->selectAll();
}

void SessionsPage::copySelection() {
  QList<int> rows;
  for (const auto& index : table_->selectionModel()->selectedRows()) {
    rows.append(index.row());
  }
  std::sort(rows.begin(), rows.end());
  if (!rows.isEmpty()) {
    QGuiApplication::clipboard()->setText(filter_.asTsv(rows));
  }
}

void SessionsPage::showCounts() {
  const int all = model_.rowCount();
  const int shown = filter_.rowCount();
  const auto selected = table_->selectionModel()->selectedRows().size();
  QString text = all == shown ? formatCount(all) : tr("%1 of %2").arg(formatCount(shown), formatCount(all));
  if (selected > 0) {
    text += tr(", %1 selected").arg(formatCount(selected));
  }
  counts_->setText(desk_.mirror.hasSessions() ? text : QString());
  table_->setVisible(shown > 0);
  empty_->setVisible(shown == 0);
  if (!desk_.mirror.hasSessions()) {
    empty_->set(tr("No data yet"), tr("The sessions appear with the first contact to the engine."));
  } else if (all == 0) {
    empty_->set(tr("Nobody is collecting now"),
                tr("A session begins when a target is due and one of its accounts is free. Add a target, or "
                   "make the ones there are due now:"),
                QStringLiteral("mtpoolctl collect"));
  } else if (shown == 0) {
    empty_->set(tr("No session matches the filter"),
                tr("Clear the filter to see all %1.").arg(formatCount(all)));
  }
}

/// The whole reason of the current row, which the last column may have to cut.
void SessionsPage::showDetail() {
  const auto current = table_->selectionModel()->currentIndex();
  if (!current.isValid() || !table_->selectionModel()->hasSelection()) {
    detail_->clear();
    return;
  }
  const auto& session = model_.session(filter_.mapToSource(current).row());
  const auto why = plainText(session.why());
  detail_->setText(QStringLiteral("%1 · %2 · %3")
                       .arg(QString::number(session.id()), plainText(session.target(), kMaxCellChars),
                            why.isEmpty() ? plainText(session.state(), kMaxCellChars) : why));
}

}  // namespace mtpool::gui
