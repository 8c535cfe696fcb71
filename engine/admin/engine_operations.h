// SPDX-License-Identifier: Apache-2.0
// The operations on the real engine: thin, one file per noun (status, accounts, targets, settings); what they
// do lives in pool, collect and config.
#pragma once

#include "engine/admin/logins.h"
#include "engine/admin/operations.h"
#include "engine/admin/status_sampler.h"
#include "engine/admin/stop_request.h"
#include "engine/collect/scheduler.h"
#include "engine/config/live_settings.h"
#include "engine/pool/pool.h"
#include "engine/store/message_store.h"
#include "engine/store/state_store.h"

namespace mtpool::admin {

/// Everything an operation may touch; owned by the composition root, outlives the operations.
struct EngineParts {
  const Clock& clock;
  Executor executor;
  config::LiveSettings& settings;
  store::StateStore& state;
  store::MessageStore& messages;
  client::ClientContext& client;
  client::Probe& clientProbe;
  pool::Pool& pool;
  collect::TargetBook& targets;
  collect::Collector& collector;
  collect::Scheduler& scheduler;
  StopRequest& stop;
  std::string version;
  std::string stateDir;
};

class EngineOperations final : public Operations {
 public:
  explicit EngineOperations(EngineParts parts);

  /// Once a second: samples memory and rates.
  void tick();
  /// Looks whether the file was edited; takes it over or says in the log and in status why not.
  Task<void> reloadSettings();

  /// Drops logins under way.
  Task<void> stop() { return logins_.stop(); }

  Task<Result<model::EngineStatus>> status() override;

  std::vector<model::StatusPoint> statusHistory() override { return sampler_.history(); }

  Result<void> shutdown(bool force) override;

  Task<Result<LoginState>> startLogin(LoginRequest request) override;
  Task<Result<LoginState>> submitCode(std::string loginId, SecretString code) override;
  Task<Result<LoginState>> submitPassword(std::string loginId, SecretString password) override;
  Task<Result<void>> cancelLogin(std::string loginId) override;
  Task<Result<std::vector<AccountView>>> accounts() override;
  Task<Result<AccountView>> account(std::string alias) override;
  Task<Result<void>> removeAccount(std::string alias, bool keepAuthorisation) override;

  Task<Result<std::vector<TargetView>>> addTargets(TargetRequest request) override;
  Task<Result<std::vector<TargetView>>> targets() override;
  Task<Result<void>> removeTarget(std::string spec, bool purge) override;
  Task<Result<Due>> collect(std::string spec) override;
  Task<Result<model::Progress>> progress(std::string spec) override;

  Task<Result<std::vector<model::Session>>> sessions() override;

  Result<config::SettingsView> settings(std::string group) override;
  Task<Result<config::ChangeOutcome>> setSettings(config::ChangeRequest request) override;

  std::uint64_t version(Topic topic) const override;

 private:
  std::vector<model::Condition> conditions() const;
  Task<void> refreshRuns();
  AccountView viewOf(pool::Slot& slot) const;
  TargetView viewOf(collect::TargetEntry& entry) const;
  Result<std::vector<collect::TargetEntry*>> pick(const std::string& spec);
  Task<Result<LoginState>> afterLogin(Task<Result<LoginState>> step);
  Task<void> apply(const config::ChangeOutcome& outcome, std::string who, std::string comment);

  EngineParts parts_;
  Logins logins_;
  StatusSampler sampler_;
  WallTime startedAt_;
  std::string settingsTrouble_;  // why an outside edit was refused
  model::RunMetrics runs_;
  std::uint64_t runsAt_ = 0;  // the tick they were asked for
  std::uint64_t ticks_ = 1;
};

}  // namespace mtpool::admin
