// SPDX-License-Identifier: Apache-2.0
// Starts a collection session whenever a target is due and the pool has an account for it, and ends sessions
// that run too long or stand still. One thread (the hall's shard).
#pragma once

#include <list>
#include <map>
#include <memory>
#include <string>

#include "engine/async/scope.h"
#include "engine/async/timer.h"
#include "engine/collect/collector.h"
#include "engine/collect/target_book.h"
#include "engine/pool/pool.h"

namespace mtpool::collect {

class Scheduler {
 public:
  Scheduler(Executor executor, pool::Pool& pool, TargetBook& targets, Collector& collector,
            const Clock& clock, CollectSettings settings);
  /// stop() must have been awaited if start() was called.
  ~Scheduler();

  void start();
  /// Starts nothing more, ends every session at once (a page under way is read again next time) and returns
  /// when all are Released.
  Task<void> stop();

  /// Applies to running sessions too.
  void configure(CollectSettings settings);

  /// Looks again: a target was added, an account came, a setting changed.
  void wake() { pool_.changed().notify(); }

  /// Users whose due targets wait for a place or an account.
  std::int64_t waitingUsers() const { return static_cast<std::int64_t>(waiting_.size()); }

  /// Why the first of them waits, empty when nobody does.
  std::string waitingWhy() const { return waiting_.empty() ? std::string() : waiting_.begin()->second; }

  /// Why the last session could not be noted in a store, empty when it could.
  const std::string& storeTrouble() const { return storeTrouble_; }

 private:
  struct Running;

  Task<void> run();
  void startDue();
  void startFor(model::UserId user, const std::vector<TargetEntry*>& due);
  MonoTime nextLook() const;
  Task<void> runSession(std::unique_ptr<pool::Lease> lease, model::UserId user, TargetEntry* first);
  Task<void> work(Running& running);
  Task<void> watch(Running& running);
  TargetEntry* takeNext(Running& running);
  static void noteOutcome(Running& running, TargetOutcome outcome);
  void noteTrouble(const Running& running, const Error& error);
  Task<void> giveBack(TargetEntry& entry, const Error& error);
  void finishEntry(TargetEntry& entry);

  Executor executor_;
  pool::Pool& pool_;
  TargetBook& targets_;
  Collector& collector_;
  const Clock& clock_;
  CollectSettings settings_;
  std::list<Running*> running_;
  std::map<model::UserId, std::string> waiting_;  // user -> why
  std::string storeTrouble_;
  async::TaskScope scope_;
  bool stopping_ = false;
};

}  // namespace mtpool::collect
