// SPDX-License-Identifier: GPL-3.0-or-later
// A state in a word: shape, colour and text together.
#pragma once

#include <QWidget>

#include "gui/widgets/theme.h"

namespace mtpool::gui {

class Badge : public QWidget {
  Q_OBJECT
 public:
  explicit Badge(QWidget* parent = nullptr);

  void set(Tone tone, const QString& text);

  const QString& text() const { return text_; }

  /// Framed badges are tags ("live", "pinned"); unframed ones are states.
  void setFramed(bool framed);

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QFont badgeFont() const;

  Tone tone_ = Tone::Neutral;
  QString text_;
  bool framed_ = false;
};

}  // namespace mtpool::gui
