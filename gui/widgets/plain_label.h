// SPDX-License-Identifier: GPL-3.0-or-later
// The console's only label: shows text as text. QLabel by itself guesses markup, which would let a channel's
// title draw images or links.
#pragma once

#include <QLabel>

namespace mtpool::gui {

class PlainLabel : public QLabel {
  Q_OBJECT
 public:
  /// role is a name of the style sheet ("muted", "title", …) or empty.
  explicit PlainLabel(const char* role, const QString& text = {}, QWidget* parent = nullptr);

  /// One line that ends in an ellipsis when there is no room; the whole text becomes the tooltip.
  void setElided(bool elided);
  void setRole(const char* role);

  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  bool elided_ = false;
};

}  // namespace mtpool::gui
