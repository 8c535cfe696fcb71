// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/mirror.h"

#include <algorithm>

namespace mtpool::gui {
namespace {

/// Replaces, updates and removes rows of one table; the delta says what a view has to look at again.
template <typename Key, typename Row, typename Rows, typename Removed, typename KeyOf>
TableDelta<Key> merge(std::map<Key, Row>& table, bool reset, const Rows& rows, const Removed& removed,
                      KeyOf keyOf) {
  TableDelta<Key> delta;
  delta.reset = reset;
  if (reset) {
    table.clear();
  }
  for (const auto& key : removed) {
    if (table.erase(key) > 0) {
      delta.removed.push_back(key);
    }
  }
  for (const auto& row : rows) {
    const Key key = keyOf(row);
    if (table.size() >= Mirror::kMaxRows && table.count(key) == 0) {
      continue;
    }
    table[key] = row;
    if (!reset) {
      delta.upserted.push_back(key);
    }
  }
  return delta;
}

}  // namespace

void Mirror::apply(const pb::Item& item) {
  lastNewsMonoMs_ = clock_.monoMs();
  lastNewsWallMs_ = clock_.wallMs();
  switch (item.topic()) {
    case pb::TOPIC_STATUS:
      applyStatus(item);
      break;
    case pb::TOPIC_SESSIONS:
      applySessions(item);
      break;
    case pb::TOPIC_ACCOUNTS:
      applyAccounts(item);
      break;
    case pb::TOPIC_TARGETS:
      applyTargets(item);
      break;
    case pb::TOPIC_SETTINGS:
      applySettings(item);
      break;
    default:
      break;
  }
  tick();
}

void Mirror::applyStatus(const pb::Item& item) {
  if (item.reset() || item.history_size() > 0) {
    history_.assign(item.history().begin(), item.history().end());
    std::sort(history_.begin(), history_.end(),
              [](const auto& a, const auto& b) { return a.at_us() < b.at_us(); });
    while (history_.size() > kMaxPoints) {
      history_.pop_front();
    }
    Q_EMIT historyReplaced();
  }
  if (item.has_status()) {
    status_ = item.status();
    statusMonoMs_ = clock_.monoMs();
    hasStatus_ = true;
  } else if (!hasStatus_) {
    return;
  }
  // A heartbeat says "as before": it is a sample too, so that quiet times don't look like gaps.
  pb::StatusPoint point;
  point.set_at_us(engineNowUs());
  point.set_engine_rss_bytes(status_.memory().engine_rss_bytes());
  point.set_active_sessions(status_.active_sessions());
  point.set_active_users(status_.active_users());
  point.set_messages_per_second(status_.messages_per_second());
  remember(std::move(point));
  Q_EMIT statusChanged();
}

void Mirror::remember(pb::StatusPoint point) {
  if (!history_.empty() && point.at_us() <= history_.back().at_us()) {
    return;
  }
  history_.push_back(std::move(point));
  if (history_.size() > kMaxPoints) {
    history_.pop_front();
  }
}

void Mirror::applySessions(const pb::Item& item) {
  const auto delta = merge(sessions_, item.reset(), item.sessions(), item.removed_ids(),
                           [](const pb::Session& session) { return session.id(); });
  hasSessions_ = true;
  if (delta.reset || !delta.upserted.empty() || !delta.removed.empty()) {
    Q_EMIT sessionsChanged(delta);
  }
}

void Mirror::applyAccounts(const pb::Item& item) {
  merge(accounts_, item.reset(), item.accounts(), item.removed_names(),
        [](const pb::Account& account) { return account.alias(); });
  Q_EMIT accountsChanged();
}

void Mirror::applyTargets(const pb::Item& item) {
  merge(targets_, item.reset(), item.targets(), item.removed_ids(),
        [](const pb::Target& target) { return target.id(); });
  Q_EMIT targetsChanged();
}

void Mirror::applySettings(const pb::Item& item) {
  if (!item.has_settings()) {
    return;
  }
  if (item.reset()) {
    settings_.clear();
  }
  for (const auto& setting : item.settings().settings()) {
    const auto known = std::find_if(settings_.begin(), settings_.end(),
                                    [&](const pb::Setting& each) { return each.key() == setting.key(); });
    if (known != settings_.end()) {
      *known = setting;
    } else if (settings_.size() < kMaxRows) {
      settings_.push_back(setting);
    }
  }
  settingsVersion_ = item.settings().version();
  hasSettings_ = true;
  Q_EMIT settingsChanged();
}

const pb::Setting* Mirror::findSetting(const std::string& key) const {
  const auto found = std::find_if(settings_.begin(), settings_.end(),
                                  [&](const pb::Setting& setting) { return setting.key() == key; });
  return found == settings_.end() ? nullptr : &*found;
}

void Mirror::setOnline(bool online) {
  online_ = online;
  tick();
}

void Mirror::tick() {
  const bool stale = !online_ || lastNewsMonoMs_ < 0 || ageMs() > kStaleAfterMs;
  if (stale != stale_) {
    stale_ = stale;
    Q_EMIT staleChanged();
  }
}

qint64 Mirror::ageMs() const {
  return lastNewsMonoMs_ < 0 ? -1 : clock_.monoMs() - lastNewsMonoMs_;
}

qint64 Mirror::engineNowUs() const {
  return hasStatus_ ? status_.taken_at_us() + (clock_.monoMs() - statusMonoMs_) * 1000 : 0;
}

}  // namespace mtpool::gui
