// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator has typed but not applied, held against what the engine has now. Changes from outside
// never destroy an edit: a key that changed on both sides becomes a conflict for a person to decide.
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <vector>

#include "gui/link/mirror.h"

namespace mtpool::gui {

class SettingsDraft {
 public:
  struct Edit {
    QString key;
    QString before;  // the engine's value now
    QString after;
    bool live = true;
    bool secret = false;
  };

  explicit SettingsDraft(const Mirror& mirror) : mirror_(mirror) {}

  /// An edit equal to the engine's value is none.
  void edit(const QString& key, const QString& text);
  void drop(const QString& key);
  void clear();
  /// To be called when the engine's settings changed: edits that came true end, others may begin to conflict.
  void reconcile();

  /// What the form shows for a key: the edit, else the engine's value.
  QString text(const QString& key) const;

  bool isEdited(const QString& key) const { return edits_.count(key) > 0; }

  bool hasConflict(const QString& key) const;
  bool hasConflicts() const;
  /// A person decided to keep the edit over the engine's present value.
  void keepMine(const QString& key);

  /// In the engine's order.
  std::vector<Edit> edits() const;

 private:
  struct Pending {
    QString base;  // the engine's value the edit was made against
    QString text;
  };

  QString engineValue(const QString& key) const;

  const Mirror& mirror_;
  std::map<QString, Pending> edits_;
};

/// The line that does the same in a terminal; secrets are left out. Arguments are quoted for a shell.
QString equivalentCommand(const std::vector<SettingsDraft::Edit>& edits, const QString& comment);

}  // namespace mtpool::gui
