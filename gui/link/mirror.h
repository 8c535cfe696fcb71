// SPDX-License-Identifier: GPL-3.0-or-later
// The console's copy of the engine's state, filled by snapshots and deltas. Widgets read it and are told what
// changed; nothing here draws or asks. Lives on the GUI thread.
#pragma once

#include <QObject>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "gui/link/clock.h"
#include "gui/link/protocol.h"

namespace mtpool::gui {

/// Which rows of a keyed table changed; reset means: everything may have.
template <typename Key>
struct TableDelta {
  bool reset = false;
  std::vector<Key> upserted;
  std::vector<Key> removed;
};

using SessionDelta = TableDelta<qint64>;

class Mirror : public QObject {
  Q_OBJECT
 public:
  /// Three heartbeats of 5 s missed: what is shown may no longer be true.
  static constexpr qint64 kStaleAfterMs = 15000;
  /// Charts keep this many samples: a day at one per 5 s.
  static constexpr std::size_t kMaxPoints = 17280;
  /// Rows beyond this are not kept; the engine's own tables are smaller.
  static constexpr std::size_t kMaxRows = 200000;

  explicit Mirror(const Clock& clock) : clock_(clock) {}

  void apply(const pb::Item& item);
  /// Whether the engine is in reach; without it everything kept is stale at once.
  void setOnline(bool online);
  /// Notices the passing of time; to be called about once a second.
  void tick();

  bool hasStatus() const { return hasStatus_; }

  const pb::StatusReply& status() const { return status_; }

  const std::deque<pb::StatusPoint>& history() const { return history_; }

  bool hasSessions() const { return hasSessions_; }

  const std::map<qint64, pb::Session>& sessions() const { return sessions_; }

  const std::map<std::string, pb::Account>& accounts() const { return accounts_; }

  const std::map<qint64, pb::Target>& targets() const { return targets_; }

  bool hasSettings() const { return hasSettings_; }

  /// In the engine's order.
  const std::vector<pb::Setting>& settings() const { return settings_; }

  const pb::Setting* findSetting(const std::string& key) const;

  qint64 settingsVersion() const { return settingsVersion_; }

  bool stale() const { return stale_; }

  /// Since the last news; -1 before any.
  qint64 ageMs() const;

  /// When the last news came, UTC; 0 before any.
  qint64 lastNewsWallMs() const { return lastNewsWallMs_; }

  /// The engine's clock, carried on by ours since its last status; 0 before any.
  qint64 engineNowUs() const;

 Q_SIGNALS:
  void statusChanged();
  /// history() was replaced, not only continued.
  void historyReplaced();
  void sessionsChanged(const SessionDelta& delta);
  void accountsChanged();
  void targetsChanged();
  void settingsChanged();
  void staleChanged();

 private:
  void applyStatus(const pb::Item& item);
  void applySessions(const pb::Item& item);
  void applyAccounts(const pb::Item& item);
  void applyTargets(const pb::Item& item);
  void applySettings(const pb::Item& item);
  void remember(pb::StatusPoint point);

  const Clock& clock_;
  pb::StatusReply status_;
  qint64 statusMonoMs_ = 0;
  std::deque<pb::StatusPoint> history_;
  std::map<qint64, pb::Session> sessions_;
  std::map<std::string, pb::Account> accounts_;
  std::map<qint64, pb::Target> targets_;
  std::vector<pb::Setting> settings_;
  qint64 settingsVersion_ = 0;
  qint64 lastNewsMonoMs_ = -1;
  qint64 lastNewsWallMs_ = 0;
  bool hasStatus_ = false;
  bool hasSessions_ = false;
  bool hasSettings_ = false;
  bool online_ = false;
  bool stale_ = true;
};

}  // namespace mtpool::gui
