// SPDX-License-Identifier: GPL-3.0-or-later
// The engine at a glance: five figures against their limits, three charts over time, and what needs
// someone's attention.
#pragma once

#include "gui/app/page.h"
#include "gui/widgets/refresh_gate.h"

class QComboBox;
class QHBoxLayout;

namespace mtpool::gui {

class AttentionList;
class ChartView;
class StatTile;

/// The share of the machine's memory from which on someone should act (F042, F246).
inline constexpr double kMemoryAlertShare = 0.8;

class OverviewPage : public Page {
  Q_OBJECT
 public:
  explicit OverviewPage(const Desk& desk);

  void setActive(bool active) override;
  void setPaused(bool paused) override;
  void setStale(bool stale) override;
  bool ready() const override;

 private:
  void build();
  QHBoxLayout* buildHeading();
  void refresh();
  void showTiles();
  void showMemoryTile();
  void showNoData();
  void showCharts();
  /// Seconds that the charts show when it is `now`, in seconds since 1970.
  double span(double now) const;

  RefreshGate gate_;
  bool active_ = false;
  bool paused_ = false;
  QComboBox* range_ = nullptr;
  StatTile* sessions_ = nullptr;
  StatTile* memory_ = nullptr;
  StatTile* waiting_ = nullptr;
  StatTile* speed_ = nullptr;
  StatTile* accounts_ = nullptr;
  ChartView* memoryChart_ = nullptr;
  ChartView* sessionsChart_ = nullptr;
  ChartView* speedChart_ = nullptr;
  AttentionList* attention_ = nullptr;
};

}  // namespace mtpool::gui
