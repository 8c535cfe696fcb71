// SPDX-License-Identifier: GPL-3.0-or-later
// One line over time with its limit. Wraps QCustomPlot, which no other file includes. Missing samples are
// drawn as gaps, time is UTC, and what the picture says is also said in words for screen readers.
#pragma once

#include <QFrame>
#include <QString>
#include <QVector>
#include <functional>

#include "gui/widgets/axis_memory.h"
#include "gui/widgets/plain_label.h"

class QCustomPlot;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QToolButton;

namespace mtpool::gui {

struct ChartSpec {
  QString title;
  std::function<QString(double)> format;  // a value with its unit, for axis and words
  bool binary = false;                    // ticks at powers of two: bytes
  bool integral = false;                  // no ticks between whole numbers
};

struct ChartPoint {
  double atSeconds = 0;  // UTC since 1970
  double value = 0;
};

/// A horizontal line the data is held against. top: the axis always reaches it.
struct ChartLimit {
  double value = 0;
  QString label;
  double axisTop = 0;  // 0 = a little above the limit
};

class ChartView : public QFrame {
  Q_OBJECT
 public:
  explicit ChartView(ChartSpec spec, QWidget* parent = nullptr);

  /// Draws the points that lie within spanSeconds before nowSeconds. monoMs drives the axis memory.
  void show(const QVector<ChartPoint>& points, double nowSeconds, double spanSeconds, qint64 monoMs);
  void setLimit(const ChartLimit& limit);
  void clearLimit();
  void setStale(bool stale);

  /// What the chart shows, in words.
  QString summary() const { return accessibleDescription(); }

  /// Breaks in the line as drawn now; for tests.
  int gapCount() const { return gaps_; }

 private:
  void buildPlot();
  void applyTheme();
  void rescale(double dataMax, qint64 monoMs);
  void describe(const QVector<ChartPoint>& visible);

  const ChartSpec spec_;
  QCustomPlot* plot_;
  QCPGraph* graph_ = nullptr;
  QCPItemStraightLine* line_ = nullptr;
  QCPItemText* lineLabel_ = nullptr;
  PlainLabel* now_;
  PlainLabel* empty_;
  QToolButton* fit_;
  AxisMemory memory_;
  ChartLimit limit_;
  bool hasLimit_ = false;
  bool stale_ = false;
  double lastMax_ = 0;
  int gaps_ = 0;
};

}  // namespace mtpool::gui
