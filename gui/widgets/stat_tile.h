// SPDX-License-Identifier: GPL-3.0-or-later
// One figure of the Overview: its name, its value with unit, a sentence of context, and, where it has a
// limit, a bar with the limit's mark on it.
#pragma once

#include <QFrame>

#include "gui/widgets/plain_label.h"
#include "gui/widgets/theme.h"

namespace mtpool::gui {

/// A share of a whole, with the line that should not be crossed.
class GaugeBar : public QWidget {
  Q_OBJECT
 public:
  explicit GaugeBar(QWidget* parent = nullptr);
  /// Both 0..1; a negative share draws nothing, a threshold outside 0..1 no mark.
  void set(double share, double threshold, Tone tone);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double share_ = -1;
  double threshold_ = -1;
  Tone tone_ = Tone::Accent;
};

class StatTile : public QFrame {
  Q_OBJECT
 public:
  explicit StatTile(const QString& title, QWidget* parent = nullptr);

  void setValue(const QString& value, const QString& caption);
  void setGauge(double share, double threshold, Tone tone);
  void setStale(bool stale);

  QString value() const { return value_->text(); }

 private:
  PlainLabel* title_;
  PlainLabel* value_;
  PlainLabel* caption_;
  GaugeBar* gauge_;
};

}  // namespace mtpool::gui
