// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/engine_operations.h"

#include <fmt/format.h>

#include "engine/base/log.h"
#include "engine/base/utc.h"

namespace mtpool::admin {

EngineOperations::EngineOperations(EngineParts parts)
    : parts_(std::move(parts)),
      logins_(parts_.client, parts_.executor, parts_.pool.book()),
      startedAt_(parts_.clock.wall()) {}

void EngineOperations::tick() {
  ++ticks_;
  sampler_.sample(parts_.clock.wall(), readMemory(), parts_.pool.activeSessions(), parts_.pool.activeUsers(),
                  parts_.collector.stored());
  parts_.pool.updateRates(parts_.clock.wall());
  if (const store::WriterStats store = parts_.messages.stats(); store.broken && !parts_.stop.requested()) {
    parts_.stop.fail(
        Error(Errc::Io, fmt::format("the engine stops because its database cannot be written any "
                                    "more: {}",
                                    store.trouble)));
  }
}

std::vector<model::Condition> EngineOperations::conditions() const {
  std::vector<model::Condition> out;
  const auto say = [&out](std::string name, std::string trouble) {
    model::Condition condition;
    condition.name = std::move(name);
    condition.ok = trouble.empty();
    condition.text = std::move(trouble);
    out.push_back(std::move(condition));
  };
  say("configuration", settingsTrouble_);
  const std::string database = parts_.messages.stats().trouble;
  say("database", database.empty() ? parts_.scheduler.storeTrouble() : database);
  std::string telegram;
  if (const auto trouble = parts_.client.reachability.trouble()) {
    telegram = fmt::format("{} since {}: {}", trouble->refused ? "refuses this application" : "not reached",
                           utcText(trouble->since), trouble->why);
  }
  if (parts_.client.application.apiId == 0) {
    telegram =
        "TELEGRAM_API_ID is not set; get one from my.telegram.org and put it into the configuration file";
  }
  say("telegram", std::move(telegram));
  std::string accounts;
  std::int64_t ready = 0;
  for (pool::Slot* slot : parts_.pool.book().all()) {
    if (slot->account.state == model::AccountState::Ready) {
      ++ready;
    } else {
      accounts = fmt::format("account {} is {}: {}", slot->account.alias, name(slot->account.state),
                             slot->account.why);
    }
  }
  if (ready == 0 && accounts.empty()) {
    accounts = "there is no account yet; add one: mtpoolctl account add NAME --phone +…";
  }
  say("accounts", std::move(accounts));
  return out;
}

// Many ask, some of them strangers, and the sum over all runs is the store's work: once a tick is enough.
Task<void> EngineOperations::refreshRuns() {
  if (runsAt_ == ticks_) {
    co_return;
  }
  runsAt_ = ticks_;
  auto runs = co_await parts_.messages.runMetrics();
  if (runs.ok()) {
    runs_ = *runs;
  }
}

Task<Result<model::EngineStatus>> EngineOperations::status() {
  co_await refreshRuns();
  model::EngineStatus out;
  out.takenAt = parts_.clock.wall();
  out.startedAt = startedAt_;
  out.engineVersion = parts_.version;
  out.activeSessions = parts_.pool.activeSessions();
  out.activeUsers = parts_.pool.activeUsers();
  out.maxConcurrentUsers = parts_.pool.settings().maxConcurrentUsers;
  out.waitingUsers = parts_.scheduler.waitingUsers();
  out.waitingWhy = parts_.scheduler.waitingWhy();
  for (pool::Slot* slot : parts_.pool.book().all()) {
    ++out.accountsTotal;
    out.accountsReady += slot->account.state == model::AccountState::Ready ? 1 : 0;
    out.accountsConnected += slot->client && slot->client->ready() ? 1 : 0;
  }
  for (collect::TargetEntry* entry : parts_.targets.all()) {
    ++out.targetsTotal;
    out.targetsComplete += entry->target().state == model::TargetState::Complete ? 1 : 0;
  }
  out.messagesStoredTotal = parts_.collector.stored();
  out.messagesPerSecond = sampler_.messagesPerSecond();
  out.errorsTotal = static_cast<std::int64_t>(parts_.clientProbe.failures.value());
  out.requestsTotal = static_cast<std::int64_t>(parts_.clientProbe.requests.value()) + out.errorsTotal;
  out.memory = readMemory();
  out.runs = runs_;
  out.conditions = conditions();
  out.database = parts_.messages.url();
  out.stateDir = parts_.stateDir;
  out.configFile = parts_.settings.file().string();
  co_return out;
}

Result<void> EngineOperations::shutdown(bool force) {
  log::info("admin", "stop requested{}", force ? " by force" : "");
  parts_.stop.ask(force);
  return {};
}

Task<Result<std::vector<model::Session>>> EngineOperations::sessions() {
  co_return parts_.pool.sessions();
}

std::uint64_t EngineOperations::version(Topic topic) const {
  switch (topic) {
    case Topic::Status:
      return ticks_;
    case Topic::Sessions:
      return parts_.pool.version() + ticks_;
    case Topic::Accounts:
      return parts_.pool.book().version() + parts_.pool.version() + parts_.targets.version();
    case Topic::Targets:
      return parts_.targets.version();
    case Topic::Settings:
      return static_cast<std::uint64_t>(parts_.settings.version());
    case Topic::Progress:
      return parts_.targets.version() + ticks_;
  }
  return 0;
}

}  // namespace mtpool::admin
