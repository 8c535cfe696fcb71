// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/settings_draft.h"

#include <QRegularExpression>
#include <algorithm>

namespace mtpool::gui {
namespace {

QString shellWord(const QString& word) {
  static const QRegularExpression kSafe(QStringLiteral("^[A-Za-z0-9_./:,=@%+-]+$"));
  if (kSafe.match(word).hasMatch()) {
    return word;
  }
  return QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QLatin1String("'\\''")) +
         QLatin1Char('\'');
}

}  // namespace

QString SettingsDraft::engineValue(const QString& key) const {
  const auto* setting = mirror_.findSetting(key.toStdString());
  return setting ? QString::fromStdString(setting->value()) : QString();
}

void SettingsDraft::edit(const QString& key, const QString& text) {
  const auto value = engineValue(key);
  const auto known = edits_.find(key);
  if (text == value) {
    edits_.erase(key);
  } else if (known != edits_.end()) {
    known->second.text = text;
  } else {
    edits_[key] = {value, text};
  }
}

void SettingsDraft::drop(const QString& key) {
  edits_.erase(key);
}

void SettingsDraft::clear() {
  edits_.clear();
}

void SettingsDraft::reconcile() {
  for (auto it = edits_.begin(); it != edits_.end();) {
    const bool cameTrue = it->second.text == engineValue(it->first);
    it = cameTrue ? edits_.erase(it) : std::next(it);
  }
}

QString SettingsDraft::text(const QString& key) const {
  const auto known = edits_.find(key);
  return known == edits_.end() ? engineValue(key) : known->second.text;
}

bool SettingsDraft::hasConflict(const QString& key) const {
  const auto known = edits_.find(key);
  return known != edits_.end() && known->second.base != engineValue(key);
}

bool SettingsDraft::hasConflicts() const {
  return std::any_of(edits_.begin(), edits_.end(),
                     [this](const auto& entry) { return hasConflict(entry.first); });
}

void SettingsDraft::keepMine(const QString& key) {
  const auto known = edits_.find(key);
  if (known != edits_.end()) {
    known->second.base = engineValue(key);
  }
}

std::vector<SettingsDraft::Edit> SettingsDraft::edits() const {
  std::vector<Edit> edits;
  for (const auto& setting : mirror_.settings()) {
    const auto key = QString::fromStdString(setting.key());
    const auto known = edits_.find(key);
    if (known != edits_.end()) {
      edits.push_back({key, engineValue(key), known->second.text, setting.live(), setting.secret()});
    }
  }
  return edits;
}

QString equivalentCommand(const std::vector<SettingsDraft::Edit>& edits, const QString& comment) {
  QStringList words{QStringLiteral("mtpoolctl config set")};
  for (const auto& edit : edits) {
    if (!edit.secret) {
      words.append(shellWord(edit.key + QLatin1Char('=') + edit.after));
    }
  }
  if (words.size() == 1) {
    return {};
  }
  if (!comment.trimmed().isEmpty()) {
    words.append(QStringLiteral("--comment ") + shellWord(comment.trimmed()));
  }
  return words.join(QLatin1Char(' '));
}

}  // namespace mtpool::gui
