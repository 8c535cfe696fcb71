// SPDX-License-Identifier: Apache-2.0
// Every target the engine knows, with where it stands and what it waits for. Memory mirrors the message
// store: what is added, bound or removed is written first; states, reasons and times count at once and also
// when the store refuses them, so that the scheduler goes on. One thread (the hall's shard).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/pool/want.h"
#include "engine/store/message_store.h"

namespace mtpool::collect {

/// A target at work. Its address is stable until it is removed.
struct TargetEntry {
  store::TargetRecord record;
  bool running = false;     // a session has it
  bool askedAgain = false;  // added anew while a session had it: it is due again when that lets go
  WallTime pursueUntil{};   // somebody waits for it: until then a run that reached its limit goes on at once
  WallTime retryAt{};       // after an error: not before this, whoever asks
  pool::Bars bars;          // accounts that cannot read it
  bool removed = false;     // to be dropped by the session that has it

  model::Target& target() { return record.target; }

  /// What a session for it is wanted for.
  pool::Want want() const { return {record.target.user, record.target.chat.value == 0, &bars}; }
};

class TargetBook {
 public:
  explicit TargetBook(store::MessageStore& store) : store_(store) {}

  /// Once at start. What a dead engine left running is due again.
  Task<Result<void>> load();

  Task<Result<std::vector<TargetEntry*>>> add(std::vector<model::Target> targets);
  /// With `purge` the rows of its chat go too, and other targets of that chat begin anew.
  Task<Result<void>> remove(TargetEntry& entry, bool purge);
  /// The name stands for `chat` now: another chat than before begins anew.
  Task<Result<void>> bind(TargetEntry& entry, model::ChatId chat);
  /// Takes the cursor from the store again, after the store refused what went on from ours.
  Task<Result<void>> reload(TargetEntry& entry);
  /// Changes state and reason; what is durable of it goes to the store.
  Task<Result<void>> setState(TargetEntry& entry, model::TargetState state, std::string why);
  /// Makes those that do not run due now, or when the pause after an error ends; one write for all. The
  /// entries are not touched after the first await: they may be removed meanwhile.
  Task<Result<void>> makeDue(std::vector<TargetEntry*> entries, WallTime now);
  /// A reason that changes often and need not survive.
  void setWhy(TargetEntry& entry, std::string why);

  /// Forgets entries that were removed while a session had them, once it let go.
  void dropRemoved();

  TargetEntry* find(const std::string& spec);
  std::vector<TargetEntry*> all();
  /// Due and not running, longest due first.
  std::vector<TargetEntry*> due(WallTime now);
  /// When the next one becomes due after `now`; nullopt when none waits for time.
  std::optional<WallTime> nextDue(WallTime now) const;

  std::uint64_t version() const { return version_; }

  void touch() { ++version_; }

 private:
  void adopt(TargetEntry& entry, store::TargetRecord stored);

  store::MessageStore& store_;
  std::map<std::int64_t, std::unique_ptr<TargetEntry>> byId_;
  std::uint64_t version_ = 1;
};

}  // namespace mtpool::collect
