// SPDX-License-Identifier: Apache-2.0
// One collection session: takes its user's due targets one after the other and reads their history, page by
// page, each page committed with its cursor before the next is asked for. Runs as one coroutine on the
// account's shard.
#pragma once

#include <string>

#include "engine/collect/history_walk.h"
#include "engine/collect/page_decoder.h"
#include "engine/collect/probe.h"
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
  Complete,  // everything asked for is stored
  Limit,     // the run's limit was reached, more is there
  GiveBack,  // the account must wait or is gone: end the session, the target stays due
  Failed,    // this target cannot be read
  Stopped    // the session was told to end
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

  /// Why the last commit failed; empty once one went well.
  const std::string& storeTrouble() const { return storeTrouble_; }

 private:
  Task<Result<bool>> walk(pool::Lease& lease, TargetEntry& entry, CollectSettings settings);
  Task<Result<void>> readPage(pool::Lease& lease, TargetEntry& entry, const store::Peer& peer,
                              HistoryWalk& walk);
  Task<Result<void>> keepDeadLetter(TargetEntry& entry, const store::Peer& peer, Bytes raw,
                                    const Error& error);
  Task<TargetOutcome> settle(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                             Result<bool> walked);

  store::MessageStore& messages_;
  store::StateStore& state_;
  TargetBook& targets_;
  const Clock& clock_;
  Probe& probe_;
  std::int64_t stored_ = 0;
  std::string storeTrouble_;
};

}  // namespace mtpool::collect
