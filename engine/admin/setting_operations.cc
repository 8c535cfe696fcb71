// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/engine_operations.h"
#include "engine/admin/settings_binding.h"
#include "engine/base/log.h"

namespace mtpool::admin {

Result<config::SettingsView> EngineOperations::settings(std::string group) {
  return parts_.settings.view(group);
}

Task<void> EngineOperations::apply(const config::ChangeOutcome& outcome, std::string who,
                                   std::string comment) {
  if (outcome.applied.empty()) {
    co_return;
  }
  parts_.pool.configure(poolSettings(parts_.settings));
  parts_.scheduler.configure(collectSettings(parts_.settings));
  parts_.client.connectRate = parts_.settings.number("MTPROTO_CONNECT_RATE");
  applyLogLevel(parts_.settings);
  std::vector<store::ConfigChange> history;
  for (const config::AppliedChange& change : outcome.applied) {
    log::info("config", "{} {} -> {}{}", change.key, change.before, change.after,
              change.live ? "" : " (at the next start)");
    store::ConfigChange record;
    record.key = change.key;
    record.before = change.before;
    record.after = change.after;
    record.who = who;
    record.comment = comment;
    record.at = parts_.clock.wall();
    history.push_back(std::move(record));
  }
  auto stored = co_await parts_.state.addConfigChanges(std::move(history));
  if (!stored.ok()) {
    log::error("config", "the history of settings could not be written: {}", stored.error().text());
  }
}

Task<Result<config::ChangeOutcome>> EngineOperations::setSettings(config::ChangeRequest request) {
  MTP_CO_TRY(const config::ChangeOutcome outcome, parts_.settings.change(request));
  if (!request.dryRun) {
    settingsTrouble_.clear();
    co_await apply(outcome, request.who, request.comment);
  }
  co_return outcome;
}

Task<void> EngineOperations::reloadSettings() {
  auto outcome = parts_.settings.reload();
  if (!outcome.ok()) {
    const std::string trouble = outcome.error().text() + "; the running values stay";
    if (trouble != settingsTrouble_) {
      settingsTrouble_ = trouble;
      log::warn("config", "{}", settingsTrouble_);
    }
    co_return;
  }
  if (!parts_.settings.unsettled()) {
    settingsTrouble_.clear();
  }
  for (const std::string& warning : outcome->warnings) {
    log::warn("config", "{}", warning);
  }
  co_await apply(*outcome, "file", "");
}

}  // namespace mtpool::admin
