// SPDX-License-Identifier: GPL-3.0-or-later
// The pool's settings: a form made from the engine's descriptions, what would change, and how to do the same
// in a terminal. Nothing here knows any key but the two whose relation the form warns about.
#pragma once

#include <map>

#include "gui/app/page.h"
#include "gui/app/settings_draft.h"

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace mtpool::gui {

class BoundedField;
class EmptyState;
class PlainLabel;

class ConfigPage : public Page {
  Q_OBJECT
 public:
  explicit ConfigPage(const Desk& desk);

  void setActive(bool active) override;

  void setPaused(bool) override {}

  void setStale(bool stale) override;
  void reload() override;

  bool ready() const override { return desk_.mirror.hasSettings(); }

  BoundedField* findField(const QString& key) const;
  /// Sends the draft; dryRun asks the engine what it would say.
  void apply(bool dryRun);

 private:
  void build();
  QWidget* buildForm();
  QWidget* buildDraftCard();
  void syncFields();
  void refresh();
  void refreshField(const QString& key, BoundedField& field);
  void refreshDraftCard();
  void onReply(const pb::Envelope& reply, bool dryRun);
  void settleSent();
  QString orderWarning() const;
  bool mayChange() const;

  SettingsDraft draft_;
  std::map<QString, BoundedField*> fields_;
  std::map<QString, QString> refusals_;  // the engine's word on a value, until it is edited
  std::map<QString, QString> sent_;      // applied, but not yet seen in the mirror
  qint64 sentVersion_ = 0;
  bool stale_ = true;
  bool sending_ = false;
  QVBoxLayout* form_ = nullptr;
  EmptyState* empty_ = nullptr;
  QWidget* scroll_ = nullptr;
  PlainLabel* file_ = nullptr;
  PlainLabel* diff_ = nullptr;
  PlainLabel* outcome_ = nullptr;
  PlainLabel* command_ = nullptr;
  PlainLabel* reason_ = nullptr;
  QLineEdit* comment_ = nullptr;
  QPushButton* discard_ = nullptr;
  QPushButton* check_ = nullptr;
  QPushButton* apply_ = nullptr;
  QPushButton* copy_ = nullptr;
};

}  // namespace mtpool::gui
