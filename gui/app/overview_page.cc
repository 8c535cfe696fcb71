// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/overview_page.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>

#include "gui/app/attention_list.h"
#include "gui/widgets/chart_view.h"
#include "gui/widgets/format.h"
#include "gui/widgets/stat_tile.h"

namespace mtpool::gui {
namespace {

constexpr std::size_t kMaxAttentionRows = 50;
/// In place of a number of seconds: the shortest range that shows the whole history there is.
constexpr int kWhateverFits = 0;

double share(double part, double whole) {
  return whole > 0 ? part / whole : -1;
}

template <typename Value>
QVector<ChartPoint> series(const Mirror& mirror, Value value) {
  QVector<ChartPoint> points;
  points.reserve(static_cast<int>(mirror.history().size()));
  for (const auto& point : mirror.history()) {
    points.append({static_cast<double>(point.at_us()) / 1e6, static_cast<double>(value(point))});
  }
  return points;
}

}  // namespace

OverviewPage::OverviewPage(const Desk& desk) : Page(desk) {
  build();
  connect(&desk_.mirror, &Mirror::statusChanged, &gate_, &RefreshGate::poke);
  connect(&desk_.mirror, &Mirror::historyReplaced, &gate_, &RefreshGate::poke);
  connect(&desk_.mirror, &Mirror::accountsChanged, &gate_, &RefreshGate::poke);
  connect(&gate_, &RefreshGate::refresh, this, &OverviewPage::refresh);
  gate_.setOpen(false);
  refresh();
}

void OverviewPage::build() {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 16);
  layout->setSpacing(14);
  layout->addLayout(buildHeading());

  auto* tiles = new QHBoxLayout;
  tiles->setSpacing(12);
  sessions_ = new StatTile(tr("Sessions"));
  memory_ = new StatTile(tr("Engine memory"));
  waiting_ = new StatTile(tr("Waiting"));
  speed_ = new StatTile(tr("Messages"));
  accounts_ = new StatTile(tr("Accounts"));
  for (auto* tile : {sessions_, memory_, waiting_, speed_, accounts_}) {
    tiles->addWidget(tile, 1);
  }
  layout->addLayout(tiles);

  memoryChart_ = new ChartView({tr("Engine memory"), &formatBytes, true, false});
  const auto count = [](double value) { return formatCount(std::llround(value)); };
  sessionsChart_ = new ChartView({tr("Collecting users"), count, false, true});
  speedChart_ = new ChartView({tr("Messages per second"), &formatRate, false, false});
  attention_ = new AttentionList;
  auto* grid = new QGridLayout;
  grid->setSpacing(12);
  grid->addWidget(memoryChart_, 0, 0);
  grid->addWidget(sessionsChart_, 0, 1);
  grid->addWidget(speedChart_, 1, 0);
  grid->addWidget(attention_, 1, 1);
  for (const int i : {0, 1}) {
    grid->setColumnStretch(i, 1);
    grid->setRowStretch(i, 1);
  }
  layout->addLayout(grid, 1);
}

QHBoxLayout* OverviewPage::buildHeading() {
  range_ = new QComboBox;
  range_->setAccessibleName(tr("Range of the charts"));
  const std::pair<QString, int> ranges[] = {
      {tr("All that fits"), kWhateverFits}, {tr("Last 5 minutes"), 300},
      {tr("Last 15 minutes"), 900},         {tr("Last hour"), 3600},
      {tr("Last 6 hours"), 6 * 3600},       {tr("Last 24 hours"), 24 * 3600}};
  for (const auto& [name, seconds] : ranges) {
    range_->addItem(name, seconds);
  }
  connect(range_, qOverload<int>(&QComboBox::currentIndexChanged), this, &OverviewPage::showCharts);
  auto* heading = new QHBoxLayout;
  heading->addWidget(new PlainLabel("heading", tr("Overview")));
  heading->addStretch();
  heading->addWidget(range_);
  return heading;
}

void OverviewPage::setActive(bool active) {
  desk_.link.setSubscribed(pb::TOPIC_ACCOUNTS, active);
  gate_.setOpen(active);
}

void OverviewPage::setPaused(bool paused) {
  gate_.setOpen(!paused);
}

void OverviewPage::setStale(bool stale) {
  for (auto* tile : {sessions_, memory_, waiting_, speed_, accounts_}) {
    tile->setStale(stale);
  }
  for (auto* chart : {memoryChart_, sessionsChart_, speedChart_}) {
    chart->setStale(stale);
  }
}

bool OverviewPage::ready() const {
  return desk_.mirror.hasStatus();
}

void OverviewPage::refresh() {
  if (!desk_.mirror.hasStatus()) {
    showNoData();
  } else {
    showTiles();
    showMemoryTile();
  }
  showCharts();
  attention_->show(attentionRows(desk_.mirror, kMaxAttentionRows), desk_.mirror.hasStatus());
}

void OverviewPage::showNoData() {
  for (auto* tile : {sessions_, memory_, waiting_, speed_, accounts_}) {
    tile->setValue(noValue(), tr("no data yet"));
  }
}

void OverviewPage::showTiles() {
  const auto& status = desk_.mirror.status();
  const auto users = static_cast<double>(status.active_users());
  const auto cap = static_cast<double>(status.max_concurrent_users());
  sessions_->setValue(
      QStringLiteral("%1 / %2").arg(formatCount(status.active_users()),
                                    formatCount(status.max_concurrent_users())),
      tr("users at once · %n session(s)", nullptr, static_cast<int>(status.active_sessions())));
  sessions_->setGauge(share(users, cap), 1,
                      users >= cap && status.waiting_users() > 0 ? Tone::Warn : Tone::Accent);
  waiting_->setValue(formatCount(status.waiting_users()),
                     status.waiting_users() > 0 ? tr("users wait for a free place") : tr("nobody waits"));
  waiting_->setGauge(-1, -1, Tone::Neutral);
  speed_->setValue(tr("%1/s").arg(formatRate(status.messages_per_second())),
                   tr("%1 stored since start").arg(formatCount(status.messages_stored_total())));
  speed_->setGauge(-1, -1, Tone::Neutral);
  const auto ready = static_cast<double>(status.accounts_ready());
  const auto total = static_cast<double>(status.accounts_total());
  accounts_->setValue(QStringLiteral("%1 / %2").arg(formatCount(status.accounts_ready()),
                                                    formatCount(status.accounts_total())),
                      tr("ready · %n connected", nullptr, static_cast<int>(status.accounts_connected())));
  accounts_->setGauge(share(ready, total), -1, ready < total ? Tone::Warn : Tone::Good);
}

void OverviewPage::showMemoryTile() {
  const auto& memory = desk_.mirror.status().memory();
  const auto total = static_cast<double>(memory.machine_total_bytes());
  const auto free = static_cast<double>(memory.machine_available_bytes());
  memory_->setValue(formatBytes(static_cast<double>(memory.engine_rss_bytes())),
                    tr("%1 of %2 free").arg(formatBytes(free), formatBytes(total)));
  const double used = share(total - free, total);
  memory_->setGauge(used, kMemoryAlertShare, used >= kMemoryAlertShare ? Tone::Bad : Tone::Accent);
}

double OverviewPage::span(double now) const {
  const int chosen = range_->currentData().toInt();
  if (chosen != kWhateverFits) {
    return chosen;
  }
  const auto& points = desk_.mirror.history();
  const double age = points.empty() ? 0 : now - static_cast<double>(points.front().at_us()) / 1e6;
  for (int i = 0; i < range_->count(); ++i) {
    const int seconds = range_->itemData(i).toInt();
    if (seconds != kWhateverFits && age <= seconds) {
      return seconds;
    }
  }
  return range_->itemData(range_->count() - 1).toInt();
}

void OverviewPage::showCharts() {
  const auto& mirror = desk_.mirror;
  const double now =
      static_cast<double>(mirror.hasStatus() ? mirror.engineNowUs() : desk_.clock.wallMs() * 1000) / 1e6;
  const double span = this->span(now);
  const auto mono = desk_.clock.monoMs();
  if (mirror.hasStatus()) {
    const auto total = static_cast<double>(mirror.status().memory().machine_total_bytes());
    const auto alert = total * kMemoryAlertShare;
    memoryChart_->setLimit({alert, tr("80 % of the machine: %1").arg(formatBytes(alert)), total});
    const auto cap = static_cast<double>(mirror.status().max_concurrent_users());
    sessionsChart_->setLimit({cap, tr("cap %1").arg(formatCount(mirror.status().max_concurrent_users())), 0});
  }
  memoryChart_->show(series(mirror, [](const auto& p) { return p.engine_rss_bytes(); }), now, span, mono);
  sessionsChart_->show(series(mirror, [](const auto& p) { return p.active_users(); }), now, span, mono);
  speedChart_->show(series(mirror, [](const auto& p) { return p.messages_per_second(); }), now, span, mono);
}

}  // namespace mtpool::gui
