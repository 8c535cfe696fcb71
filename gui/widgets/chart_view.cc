// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/chart_view.h"

// QCustomPlot's header needs the short keywords of Qt, which the rest of the console does without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef foreach
#undef slots
#undef signals

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <QVariant>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gui/widgets/format.h"
#include "gui/widgets/theme.h"

namespace mtpool::gui {
namespace {

constexpr int kWantedTicks = 5;
// Samples further apart than this, and than three usual steps, have something missing between them.
constexpr double kMinGapSeconds = 15;
constexpr double kHeadroom = 1.1;

/// Ticks at round values of the chart's own unit, labelled by its own formatter.
class ValueTicker final : public QCPAxisTicker {
 public:
  explicit ValueTicker(const ChartSpec& spec) : spec_(spec) { setTickCount(kWantedTicks); }

 protected:
  double getTickStep(const QCPRange& range) override {
    const double raw = range.size() / kWantedTicks;
    const double step =
        spec_.binary ? std::exp2(std::round(std::log2(std::max(raw, 1.0)))) : cleanMantissa(raw);
    return spec_.integral ? std::max(1.0, std::round(step)) : step;
  }

  int getSubTickCount(double) override { return 0; }

  QString getTickLabel(double tick, const QLocale&, QChar, int) override {
    if (std::abs(tick) < 1e-9) {
      return QStringLiteral("0");
    }
    const bool plain = !spec_.binary && std::abs(tick - std::round(tick)) < 1e-9;
    return plain ? formatCount(std::llround(tick)) : spec_.format(tick);
  }

 private:
  const ChartSpec& spec_;
};

double usualStep(const QVector<ChartPoint>& points) {
  std::vector<double> steps;
  for (int i = 1; i < points.size(); ++i) {
    steps.push_back(points[i].atSeconds - points[i - 1].atSeconds);
  }
  if (steps.empty()) {
    return 0;
  }
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

}  // namespace

ChartView::ChartView(ChartSpec spec, QWidget* parent) : QFrame(parent), spec_(std::move(spec)) {
  setProperty("role", QStringLiteral("card"));
  setAccessibleName(spec_.title);
  plot_ = new QCustomPlot;
  now_ = new PlainLabel("muted");
  empty_ = new PlainLabel("muted", tr("No samples yet"), plot_);
  empty_->setAlignment(Qt::AlignCenter);
  fit_ = new QToolButton;
  fit_->setCheckable(true);
  fit_->setText(tr("Fit to data"));
  fit_->setAccessibleName(tr("%1: fit the axis to the data").arg(spec_.title));
  fit_->hide();
  auto* header = new QHBoxLayout;
  header->addWidget(new PlainLabel("title", spec_.title));
  header->addSpacing(8);
  header->addWidget(now_);
  header->addStretch();
  header->addWidget(fit_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 10, 14, 8);
  layout->setSpacing(4);
  layout->addLayout(header);
  layout->addWidget(plot_, 1);
  auto* over = new QVBoxLayout(plot_);
  over->addWidget(empty_);
  buildPlot();
  connect(&Theme::instance(), &Theme::changed, this, &ChartView::applyTheme);
  connect(fit_, &QToolButton::toggled, this, [this] {
    memory_ = AxisMemory();
    rescale(lastMax_, 0);
    plot_->replot(QCustomPlot::rpQueuedReplot);
  });
}

void ChartView::buildPlot() {
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setMinimumHeight(120);
  plot_->setNoAntialiasingOnDrag(true);
  graph_ = plot_->addGraph();
  QSharedPointer<QCPAxisTickerDateTime> time(new QCPAxisTickerDateTime);
  time->setDateTimeSpec(Qt::UTC);
  time->setDateTimeFormat(QStringLiteral("HH:mm"));
  time->setTickCount(6);
  plot_->xAxis->setTicker(time);
  plot_->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new ValueTicker(spec_)));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setTickLength(0, 0);
    axis->setSubTickLength(0, 0);
    axis->setTickLabelPadding(6);
  }
  plot_->axisRect()->setMinimumMargins(QMargins(8, 8, 12, 4));
  line_ = new QCPItemStraightLine(plot_);
  line_->setVisible(false);
  lineLabel_ = new QCPItemText(plot_);
  lineLabel_->setVisible(false);
  lineLabel_->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
  lineLabel_->position->setTypeY(QCPItemPosition::ptPlotCoords);
  lineLabel_->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
  lineLabel_->setPadding(QMargins(0, 0, 4, 2));
  applyTheme();
}

void ChartView::applyTheme() {
  const auto& colors = Theme::instance().colors();
  const QColor ink = stale_ ? colors.muted : colors.accent;
  QFont small = interfaceFont();
  small.setPixelSize(11);
  plot_->setBackground(QBrush(colors.surface));
  graph_->setPen(QPen(ink, 1.6));
  QColor fill = ink;
  fill.setAlphaF(0.14);
  graph_->setBrush(fill);
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setBasePen(QPen(colors.border));
    axis->setTickPen(Qt::NoPen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(colors.muted);
    axis->setTickLabelFont(small);
    axis->grid()->setZeroLinePen(Qt::NoPen);
    axis->grid()->setPen(QPen(colors.border, 1, Qt::DotLine));
  }
  plot_->yAxis->setBasePen(Qt::NoPen);
  plot_->xAxis->grid()->setVisible(false);
  line_->setPen(QPen(colors.warn, 1.2, Qt::DashLine));
  lineLabel_->setColor(colors.warn);
  lineLabel_->setFont(small);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::setLimit(const ChartLimit& limit) {
  limit_ = limit;
  hasLimit_ = true;
  fit_->show();
}

void ChartView::clearLimit() {
  hasLimit_ = false;
  line_->setVisible(false);
  lineLabel_->setVisible(false);
  fit_->hide();
}

void ChartView::setStale(bool stale) {
  if (stale_ != stale) {
    stale_ = stale;
    applyTheme();
  }
}

void ChartView::show(const QVector<ChartPoint>& points, double nowSeconds, double spanSeconds,
                     qint64 monoMs) {
  QVector<ChartPoint> visible;
  for (const auto& point : points) {
    if (point.atSeconds >= nowSeconds - spanSeconds) {
      visible.append(point);
    }
  }
  const double gap = std::max(kMinGapSeconds, 3 * usualStep(visible));
  QVector<double> x;
  QVector<double> y;
  double dataMax = 0;
  gaps_ = 0;
  for (int i = 0; i < visible.size(); ++i) {
    const auto& point = visible[i];
    if (i > 0 && point.atSeconds - visible[i - 1].atSeconds > gap) {
      x.append((point.atSeconds + visible[i - 1].atSeconds) / 2);
      y.append(std::numeric_limits<double>::quiet_NaN());
      ++gaps_;
    }
    x.append(point.atSeconds);
    y.append(point.value);
    dataMax = std::max(dataMax, point.value);
  }
  graph_->setData(x, y, true);
  plot_->xAxis->setRange(nowSeconds - spanSeconds, nowSeconds);
  empty_->setVisible(visible.isEmpty());
  plot_->yAxis->setTickLabels(!visible.isEmpty());
  lastMax_ = dataMax;
  rescale(dataMax, monoMs);
  describe(visible);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::rescale(double dataMax, qint64 monoMs) {
  double needed = dataMax * kHeadroom;
  if (hasLimit_ && !fit_->isChecked()) {
    needed = std::max(needed, limit_.axisTop > 0 ? limit_.axisTop : limit_.value * kHeadroom * kHeadroom);
  }
  const bool exact = hasLimit_ && limit_.axisTop > 0 && needed <= limit_.axisTop && !fit_->isChecked();
  const double top = memory_.upper(exact ? limit_.axisTop : niceCeiling(needed, spec_.binary), monoMs);
  plot_->yAxis->setRange(0, top);
  const bool within = hasLimit_ && limit_.value > 0 && limit_.value <= top;
  line_->setVisible(within);
  lineLabel_->setVisible(within);
  if (within) {
    line_->point1->setCoords(0, limit_.value);
    line_->point2->setCoords(1, limit_.value);
    lineLabel_->setText(limit_.label);
    lineLabel_->position->setCoords(1, limit_.value);
  }
}

void ChartView::describe(const QVector<ChartPoint>& visible) {
  if (visible.isEmpty()) {
    now_->clear();
    setAccessibleDescription(tr("No samples yet"));
    return;
  }
  const double first = visible.first().value;
  const double last = visible.last().value;
  const double change = last - first;
  const double noise = std::max(std::abs(first), std::abs(last)) * 0.05;
  const QString trend = change > noise ? tr("rising") : change < -noise ? tr("falling") : tr("steady");
  const QString now = spec_.format(last);
  const QString peak = spec_.format(lastMax_);
  now_->setText(tr("%1 now, peak %2").arg(now, peak));
  setAccessibleDescription(hasLimit_
                               ? tr("%1 now, %2, peak %3, limit: %4").arg(now, trend, peak, limit_.label)
                               : tr("%1 now, %2, peak %3").arg(now, trend, peak));
}

}  // namespace mtpool::gui
