// SPDX-License-Identifier: Apache-2.0
// MessageStore: the database of DATABASE_URL (messages, chats, targets, cursors, coverage, runs).
//
// Owned by the composition root; every Task may be awaited from any shard and resumes there. It works with
// two threads of its own: one writer, fed through CommitWriter, and one reader. The shards that await it must
// run until close() has returned. One engine per database: open() takes the owner lock beside it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/model/session.h"
#include "engine/model/target.h"
#include "engine/store/history_commit.h"
#include "engine/store/writer_stats.h"

namespace mtpool::store {

/// A target with what the database knows about it.
struct TargetRecord {
  model::Target target;
  model::Cursor cursor;
  std::string title;  // of its chat, empty until resolved
  std::int64_t lastMessageDate = 0;
};

struct MessageStoreOptions {
  std::string url;
  const Clock* clock = nullptr;  // outlives the store
  /// The write queue; a commit that does not fit waits with its coroutine.
  std::size_t queuePages = 256;
  std::size_t queueBytes = 64U << 20U;
  /// A transaction closes at so many rows, or when its first page has waited so long.
  std::size_t batchRows = 1000;
  std::chrono::milliseconds batchWait{200};
  /// How long another writer's lock is waited out before StorageBusy.
  std::chrono::milliseconds busyWait{5000};
  /// PRAGMA max_page_count, 0 = no bound. A full database answers StorageFull.
  std::int64_t maxPages = 0;

  MessageStoreOptions() = default;
};

class MessageStore {
 public:
  /// Blocks: opens or creates, migrates, and ends runs a crash left open with outcome `killed`. One sentence
  /// for: a path that cannot be written, a newer schema, another program's file, damage, a second engine.
  static Result<std::unique_ptr<MessageStore>> open(MessageStoreOptions options);
  ~MessageStore();

  /// Writes what is queued, refuses what comes after with Cancelled, stops the threads. Blocks. Idempotent.
  void close();

  /// Durable when it resumes with a receipt; with an error, nothing of it is stored. Waits while the queue is
  /// full. Refused: the cursor has moved, or the target stands for another chat. NotFound: the target is
  /// gone. StorageBusy and StorageFull pass and may be repeated as they are; after Io or StorageCorrupt the
  /// store writes nothing until it is opened anew.
  Task<Result<CommitReceipt>> commitHistory(HistoryCommit commit);

  // Targets. Reads see everything committed before.
  Task<Result<std::vector<TargetRecord>>> targets();
  /// NotFound when there is none.
  Task<Result<TargetRecord>> target(model::TargetId id);
  /// A spec its user already has gets the new depth and interval, becomes due and keeps its cursor; its state
  /// and times are not taken from here. The records as stored, in the same order.
  Task<Result<std::vector<TargetRecord>>> addTargets(std::vector<model::Target> targets);
  /// Writes chat, state, why, nextDueAt and lastRunAt; spec, user, depth and interval belong to addTargets.
  Task<Result<void>> saveTargetState(model::Target target);
  /// The same for many in one transaction; those that are gone are passed over.
  Task<Result<void>> saveTargetStates(std::vector<model::Target> targets);
  /// The target's name stands for this chat from now on. Another chat than before begins anew: its cursor
  /// goes in the same transaction. The record as stored; NotFound when there is none.
  Task<Result<TargetRecord>> bindTarget(model::TargetId id, model::ChatId chat);
  /// The chat's rows stay; with `purge` the messages, versions, coverage and dead letters of the target's
  /// chat go too, and other targets of that chat begin anew.
  Task<Result<void>> removeTarget(model::TargetId id, bool purge);

  Task<Result<void>> saveChat(model::ChatRow chat);

  // Runs. finishRun without an outcome keeps the figures so far.
  Task<Result<model::SessionId>> startRun(model::CollectionRun run);
  Task<Result<void>> finishRun(model::CollectionRun run);
  Task<Result<model::RunMetrics>> runMetrics();

  /// From any thread.
  WriterStats stats() const;
  /// The URL without secrets.
  const std::string& url() const;

 private:
  class Threads;
  explicit MessageStore(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace mtpool::store
