// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/scheduler.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/log.h"
#include "engine/base/text.h"

namespace mtpool::collect {

namespace {

using std::chrono::seconds;

// A target whose session could not even connect is tried again after this; the client has backed off before
// already.
constexpr seconds kRetryPause{30};
// The scheduler is woken by events; this only bounds how late a change of the host's clock is noticed.
constexpr seconds kLongestRest{60};

}  // namespace

/// One session under way.
struct Scheduler::Running {
  Running(const Executor& executor, pool::Lease& l, model::UserId u, TargetEntry* first)
      : lease(l), user(u), next(first), changed(executor) {}

  pool::Lease& lease;
  model::UserId user;            // whose targets it takes; 0 = those of nobody in particular
  TargetEntry* next;             // reserved for it
  async::Event changed;          // ended, or limits changed
  std::set<std::int64_t> taken;  // each target once a session: the run's limit is per target and session
  std::string outcome = "complete";
  bool ended = false;
};

Scheduler::Scheduler(Executor executor, pool::Pool& pool, TargetBook& targets, Collector& collector,
                     const Clock& clock, CollectSettings settings)
    : executor_(std::move(executor)),
      pool_(pool),
      targets_(targets),
      collector_(collector),
      clock_(clock),
      settings_(settings),
      scope_(executor_) {}

Scheduler::~Scheduler() = default;

void Scheduler::start() {
  scope_.spawn("scheduler", run());
}

Task<void> Scheduler::stop() {
  stopping_ = true;
  for (Running* running : running_) {
    running->changed.notify();
  }
  wake();
  co_await scope_.join();
}

void Scheduler::configure(CollectSettings settings) {
  settings_ = settings;
  for (Running* running : running_) {
    running->changed.notify();
  }
  wake();
}

Task<void> Scheduler::run() {
  while (!stopping_) {
    startDue();
    auto woken = co_await pool_.changed().waitUntil(nextLook());
    if (!woken.ok() && woken.error().code() == Errc::Cancelled) {
      break;
    }
  }
}

MonoTime Scheduler::nextLook() const {
  const WallTime now = clock_.wall();
  WallTime next = now + kLongestRest;
  // What is due already waits for an event, not for time.
  if (const auto due = targets_.nextDue(); due && *due > now) {
    next = std::min(next, *due);
  }
  for (const auto& wait : pool_.book().waits().running(now)) {
    next = std::min(next, wait.until);
    break;
  }
  return clock_.mono() + (next - now);
}

void Scheduler::startDue() {
  waiting_.clear();
  std::map<model::UserId, std::vector<TargetEntry*>> byUser;
  for (TargetEntry* entry : targets_.due(clock_.wall())) {
    byUser[entry->target().user].push_back(entry);
  }
  for (const auto& [user, due] : byUser) {
    startFor(user, due);
  }
}

void Scheduler::startFor(model::UserId user, const std::vector<TargetEntry*>& due) {
  for (std::size_t i = 0; i < due.size(); ++i) {
    auto lease = pool_.tryAcquire(user);
    if (!lease.ok()) {
      // Whoever of this user collects now will take them in turn.
      const bool served =
          std::any_of(running_.begin(), running_.end(), [user](const Running* r) { return r->user == user; });
      if (!served) {
        waiting_[user] = lease.error().text();
      }
      for (std::size_t rest = i; rest < due.size(); ++rest) {
        targets_.setWhy(*due[rest],
                        served ? "waits for its turn in a session under way" : lease.error().text());
      }
      return;
    }
    due[i]->running = true;
    scope_.spawn("session", runSession(std::move(*lease), user, due[i]));
  }
}

TargetEntry* Scheduler::takeNext(Running& running) {
  for (TargetEntry* entry : targets_.due(clock_.wall())) {
    if (entry->target().user == running.user && running.taken.insert(entry->target().id.value).second) {
      entry->running = true;
      return entry;
    }
  }
  return nullptr;
}

void Scheduler::finishEntry(TargetEntry& entry) {
  entry.running = false;
  targets_.dropRemoved();
  targets_.touch();
}

Task<void> Scheduler::giveBack(TargetEntry& entry, const Error& error) {
  entry.target().nextDueAt = clock_.wall() + (error.code() == Errc::Cancelled ? seconds(0) : kRetryPause);
  const std::string why = error.code() == Errc::Cancelled ? std::string() : error.text();
  auto saved = co_await targets_.setState(entry, model::TargetState::Waiting, why);
  if (!saved.ok()) {
    log::error("collect", "{} state could not be stored: {}", entry.target().spec, saved.error().text());
  }
  finishEntry(entry);
}

Task<void> Scheduler::runSession(std::unique_ptr<pool::Lease> lease, model::UserId user, TargetEntry* first) {
  Running running(executor_, *lease, user, first);
  running_.push_back(&running);
  async::TaskScope inner(executor_);
  inner.spawn("collect", work(running));
  co_await watch(running);
  inner.cancel();
  co_await inner.join();
  if (running.next != nullptr) {
    const Error stopped(Errc::Cancelled, "the session ended first");
    co_await giveBack(*running.next, stopped);
  }
  running_.remove(&running);
  co_await pool_.release(std::move(lease), running.outcome);
}

// Ends the session when it has run or stood still for too long, or when the engine stops.
Task<void> Scheduler::watch(Running& running) {
  while (!running.ended) {
    const pool::PoolSettings& limits = pool_.settings();
    const MonoTime now = clock_.mono();
    const MonoTime oldest = running.lease.startedAt() + limits.sessionTimeout;
    // While it connects, MTPROTO_CONNECTION_TIMEOUT is the limit, and the client keeps that itself.
    const bool connecting = running.lease.session().state == model::SessionState::Connecting;
    const MonoTime idle = connecting ? oldest : running.lease.lastProgress() + limits.idleTimeout;
    if (stopping_) {
      running.outcome = "stopped";
      co_return;
    }
    if (now >= oldest) {
      running.outcome = "timeout";
      log::warn("collect", "session {} closed after {} s (MTPROTO_SESSION_TIMEOUT)",
                running.lease.session().id.value, limits.sessionTimeout.count());
      co_return;
    }
    if (now >= idle) {
      running.outcome = "idle";
      log::warn("collect", "session {} closed after {} s without progress (MTPROTO_IDLE_TIMEOUT)",
                running.lease.session().id.value, limits.idleTimeout.count());
      co_return;
    }
    auto woken = co_await running.changed.waitUntil(std::min(oldest, idle));
    if (!woken.ok() && woken.error().code() == Errc::Cancelled) {
      co_return;
    }
  }
}

Task<void> Scheduler::work(Running& running) {
  running.taken.insert(running.next->target().id.value);
  auto begun = co_await pool_.begin(running.lease);
  if (!begun.ok()) {
    running.outcome = begun.error().code() == Errc::Cancelled ? running.outcome : "failed";
    if (begun.error().code() != Errc::Cancelled) {
      trouble_ = begun.error().text();
      log::error("collect", "account={} could not start: {}", running.lease.session().account,
                 printable(trouble_, 512));
    }
    co_await giveBack(*std::exchange(running.next, nullptr), begun.error());
  } else {
    trouble_.clear();
    while (running.next != nullptr) {
      TargetEntry& entry = *running.next;
      const TargetOutcome outcome = co_await collector_.collect(running.lease, entry, settings_);
      running.next = nullptr;
      finishEntry(entry);
      if (outcome == TargetOutcome::Limit) {
        running.outcome = "limit";
      }
      if (outcome == TargetOutcome::GiveBack || outcome == TargetOutcome::Stopped) {
        running.outcome = outcome == TargetOutcome::GiveBack ? "waiting" : running.outcome;
        break;
      }
      running.next = takeNext(running);
    }
  }
  running.ended = true;
  running.changed.notify();
}

}  // namespace mtpool::collect
