// SPDX-License-Identifier: GPL-3.0-or-later
// One setting of a form, made from the engine's own description of it: title, help, range, default, where the
// value comes from, when a change takes effect, and an editor fit for its type.
#pragma once

#include <QFrame>

#include "gui/link/protocol.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace mtpool::gui {

class Badge;
class PlainLabel;
class StepEdit;

class BoundedField : public QFrame {
  Q_OBJECT
 public:
  explicit BoundedField(const pb::Setting& setting, QWidget* parent = nullptr);

  /// A newer description of the same key and type; does not touch what the editor holds.
  void describe(const pb::Setting& setting);

  const pb::Setting& setting() const { return setting_; }

  QString text() const;
  void setText(const QString& text);
  /// False for roles that may not change settings; pinned and read-only settings are never editable.
  void setEditable(bool editable);
  bool editable() const;

  /// The line under the editor; an empty text removes it. Problems outrank warnings.
  void setProblem(const QString& problem);
  void setWarning(const QString& warning);
  QString message() const;
  /// The value changed elsewhere while this field held an edit of its own; empty = no conflict.
  void setConflict(const QString& conflict);

 Q_SIGNALS:
  void edited(const QString& text);
  void conflictResolved(bool takeTheirs);

 private:
  void buildEditor();
  QHBoxLayout* buildHead();
  void showMessage();

  pb::Setting setting_;
  bool allowed_ = true;
  QString problem_;
  QString warning_;
  PlainLabel* title_;
  PlainLabel* help_;
  PlainLabel* facts_;
  PlainLabel* message_;
  PlainLabel* unit_;
  Badge* effect_;
  Badge* origin_;
  QWidget* conflictBar_;
  PlainLabel* conflict_;
  QWidget* editor_ = nullptr;
  StepEdit* number_ = nullptr;
  QCheckBox* flag_ = nullptr;
  QComboBox* choice_ = nullptr;
  QLineEdit* line_ = nullptr;
};

}  // namespace mtpool::gui
