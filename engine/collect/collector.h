// SPDX-License-Identifier: Apache-2.0
// One collection session: takes its user's due targets one after the other and reads their history, page by
// page, each page committed with its cursor before the next is asked for. Runs as one coroutine on the
// account's shard.
#pragma once

#include <string>

#include "engine/collect/history_walk.h"
#include "engine/collect/page_decoder.h"
#include "engine/collect/probe.h"
#include "engine/collect/resolver.h"
#include "engine/collect/target_book.h"
#include "engine/pool/pool.h"
#include "engine/store/message_store.h"
#include "engine/store/state_store.h"

namespace mtpool::collect {

struct CollectSettings {
  std::int64_t historyLimitPerRun = 5000;        // MTPROTO_HISTORY_LIMIT_PER_RUN, per target and session
  std::chrono::seconds collectionInterval{900};  // MTPROTO_COLLECTION_INTERVAL
};

/// How a target's part of a session ended.
enum class TargetOutcome {
  Complete,   // everything asked for is stored
  Limit,      // the run's limit was reached, more is there
  GiveBack,   // the account must wait or is gone; the target stays due
  Elsewhere,  // this account may not read it, another may: the target stays due
  Failed,     // this target cannot be read
  Stopped     // the session was told to end
};

class Collector {
 public:
  Collector(store::MessageStore& messages, store::StateStore& state, TargetBook& targets, const Clock& clock,
            Probe& probe)
      : messages_(messages), state_(state), targets_(targets), clock_(clock), probe_(probe) {}

  /// Reads one target. The entry is marked running by the caller. On return its state, reason and next due
  /// time are durable.
  Task<TargetOutcome> collect(pool::Lease& lease, TargetEntry& entry, CollectSettings settings);

  /// Messages committed since start, for rates.
  std::int64_t stored() const { return stored_; }

 private:
  /// What became of a target's part, before it is written down.
  struct Verdict {
    TargetOutcome outcome = TargetOutcome::Complete;
    model::TargetState state = model::TargetState::Complete;
    WallTime nextDueAt{};
    std::string why;
  };

  Task<Result<bool>> walk(pool::Lease& lease, TargetEntry& entry, CollectSettings settings);
  Task<Result<Located>> locate(pool::Lease& lease, TargetEntry& entry);
  Task<Result<void>> readPage(pool::Lease& lease, TargetEntry& entry, const store::Peer& peer,
                              HistoryWalk& walk);
  Task<Error> keepDeadLetter(TargetEntry& entry, model::Cursor cursor, Bytes raw, Error error);
  Verdict judge(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                const Result<bool>& walked) const;
  Verdict judgeError(pool::Lease& lease, TargetEntry& entry, const Error& error, WallTime regular) const;
  Task<TargetOutcome> settle(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                             Result<bool> walked);

  store::MessageStore& messages_;
  store::StateStore& state_;
  TargetBook& targets_;
  const Clock& clock_;
  Probe& probe_;
  std::int64_t stored_ = 0;
};

}  // namespace mtpool::collect
