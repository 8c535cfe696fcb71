// SPDX-License-Identifier: GPL-3.0-or-later
// The collection sessions, live: sorted, filtered, copied as TSV.
#pragma once

#include "gui/app/page.h"
#include "gui/widgets/refresh_gate.h"
#include "gui/widgets/session_filter.h"
#include "gui/widgets/session_model.h"

class QLineEdit;
class QTableView;

namespace mtpool::gui {

class EmptyState;
class PlainLabel;

class SessionsPage : public Page {
  Q_OBJECT
 public:
  explicit SessionsPage(const Desk& desk);

  void setActive(bool active) override;
  void setPaused(bool paused) override;
  void tick() override;
  void setStale(bool stale) override;
  void reload() override;
  void focusFilter() override;

  bool ready() const override { return desk_.mirror.hasSessions(); }

  QTableView* table() const { return table_; }

  /// The selected rows as TSV to the clipboard.
  void copySelection();

 private:
  void build();
  void buildTable();
  void sortBy(int column);
  void showCounts();
  void showDetail();

  SessionModel model_;
  SessionFilter filter_;
  RefreshGate gate_;
  int sortColumn_ = SessionModel::Id;
  Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
  bool paused_ = false;
  bool active_ = false;
  QLineEdit* words_ = nullptr;
  PlainLabel* counts_ = nullptr;
  PlainLabel* detail_ = nullptr;
  QTableView* table_ = nullptr;
  EmptyState* empty_ = nullptr;
};

}  // namespace mtpool::gui
