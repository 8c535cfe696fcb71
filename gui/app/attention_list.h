// SPDX-License-Identifier: GPL-3.0-or-later
// What is not as it should be, one row each, with the engine's own sentence of cause and remedy.
#pragma once

#include <QFrame>
#include <QString>
#include <vector>

#include "gui/link/mirror.h"
#include "gui/widgets/theme.h"

class QVBoxLayout;

namespace mtpool::gui {

struct AttentionRow {
  Tone tone = Tone::Warn;
  QString subject;
  QString text;

  bool operator==(const AttentionRow& other) const {
    return tone == other.tone && subject == other.subject && text == other.text;
  }
};

/// Conditions that are not ok, then accounts that can't work now; at most limit rows, the last one counting
/// the rest.
std::vector<AttentionRow> attentionRows(const Mirror& mirror, std::size_t limit);

class AttentionList : public QFrame {
  Q_OBJECT
 public:
  explicit AttentionList(QWidget* parent = nullptr);
  /// hasData false: nothing is known yet, which is not the same as nothing being wrong.
  void show(const std::vector<AttentionRow>& rows, bool hasData);

 private:
  QVBoxLayout* list_;
  std::vector<AttentionRow> rows_;
  bool shownData_ = false;
  bool shown_ = false;
};

}  // namespace mtpool::gui
