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
  model::RunOutcome outcome = model::RunOutcome::Complete;
  bool ended = false;

  void note(model::RunOutcome what) { outcome = std::max(outcome, what); }
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
  const MonoTime now = clock_.mono();
  const WallTime wall = clock_.wall();
  MonoTime next = now + kLongestRest;
  // What is due already waits for an event, not for time.
  if (const auto due = targets_.nextDue(wall)) {
    next = std::min(next, now + std::min<WallTime::duration>(*due - wall, kLongestRest));
  }
  for (const auto& held : pool_.book().waits().running(now)) {
    next = std::min(next, held.until);
    break;
  }
  return next;
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
  // Whoever of this user collects now will take its targets in turn.
  bool served =
      std::any_of(running_.begin(), running_.end(), [user](const Running* r) { return r->user == user; });
  Result<void> room;
  for (TargetEntry* entry : due) {
    auto lease =
        room.ok() ? pool_.tryAcquire(entry->want()) : Result<std::unique_ptr<pool::Lease>>(room.error());
    if (lease.ok()) {
      entry->running = true;
      served = true;
      scope_.spawn("session", runSession(std::move(*lease), user, entry));
      continue;
    }
    const bool inTurn = served && lease.error().code() == Errc::Busy;
    std::string why =
        inTurn ? std::string("waits for its turn in a session under way") : lease.error().text();
    if (!served) {
      waiting_.try_emplace(user, why);
    }
    targets_.setWhy(*entry, std::move(why));
    if (room.ok()) {
      // What one target cannot have another may; what nobody can have ends the search.
      pool::Want least;
      least.user = user;
      room = pool_.check(least);
    }
  }
}

TargetEntry* Scheduler::takeNext(Running& running) {
  for (TargetEntry* entry : targets_.due(clock_.wall())) {
    if (entry->target().user == running.user && !pool_.obstacle(running.lease.slot(), entry->want()) &&
        running.taken.insert(entry->target().id.value).second) {
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
  const bool stopped = error.code() == Errc::Cancelled;
  entry.target().nextDueAt = clock_.wall() + (stopped ? seconds(0) : kRetryPause);
  entry.retryAt = entry.target().nextDueAt;
  const std::string why = stopped ? std::string() : error.text();
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
      running.note(model::RunOutcome::Stopped);
      co_return;
    }
    if (now >= oldest) {
      running.note(model::RunOutcome::Timeout);
      log::warn("collect", "session {} closed after {} s (MTPROTO_SESSION_TIMEOUT)",
                running.lease.session().id.value, limits.sessionTimeout.count());
      co_return;
    }
    if (now >= idle) {
      running.note(model::RunOutcome::Idle);
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

// Two stores and Telegram can keep a session from starting; what the connections see, they tell themselves.
void Scheduler::noteTrouble(const Running& running, const Error& error) {
  if (error.code() >= Errc::Io && error.code() <= Errc::Storage) {
    storeTrouble_ = error.text();
  }
  log::error("collect", "account={} could not start: {}", running.lease.session().account,
             printable(error.text(), 512));
}

Task<void> Scheduler::work(Running& running) {
  running.taken.insert(running.next->target().id.value);
  auto begun = co_await pool_.begin(running.lease);
  if (!begun.ok()) {
    if (begun.error().code() != Errc::Cancelled) {
      running.note(model::RunOutcome::Failed);
      noteTrouble(running, begun.error());
    }
    co_await giveBack(*std::exchange(running.next, nullptr), begun.error());
  } else {
    storeTrouble_.clear();
    while (running.next != nullptr) {
      TargetEntry& entry = *running.next;
      const TargetOutcome outcome = co_await collector_.collect(running.lease, entry, settings_);
      running.next = nullptr;
      finishEntry(entry);
      noteOutcome(running, outcome);
      const bool cancelled = co_await async::isCancelled();
      if (cancelled || running.lease.slot().account.state != model::AccountState::Ready) {
        break;
      }
      running.next = takeNext(running);
    }
  }
  running.ended = true;
  running.changed.notify();
}

void Scheduler::noteOutcome(Running& running, TargetOutcome outcome) {
  switch (outcome) {
    case TargetOutcome::Limit:
      running.note(model::RunOutcome::Limit);
      break;
    case TargetOutcome::GiveBack:
      running.note(model::RunOutcome::Waiting);
      break;
    case TargetOutcome::Failed:
      running.note(model::RunOutcome::Failed);
      break;
    case TargetOutcome::Complete:
    case TargetOutcome::Elsewhere:
    case TargetOutcome::Stopped:
      break;
  }
}

}  // namespace mtpool::collect
