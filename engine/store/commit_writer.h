// SPDX-License-Identifier: Apache-2.0
// CommitWriter: the one thread that writes to the message database. It gathers pages of all sessions into
// transactions and answers each session when its page is durable.
//
// When a batch closes: at batchRows rows, or when its first page has waited batchWait, or as soon as nobody
// else is expected. Expected are the targets that were answered less than batchWait ago and have not come
// back. So a lone session is written at once, never sitting out the wait, while many sessions that page at
// once share transactions.
//
// One page cannot sink another: a refused cursor is found before anything of it is written; if a statement
// fails, the batch is undone and every page tried alone. Trouble of the database itself (locked, full) goes
// to every page of the batch. After an I/O error or damage nothing is known about the file any more, so the
// writer answers that error to everyone until the store is opened anew (FLT-04: a failed fsync is never
// repeated).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/async/callback.h"
#include "engine/async/shard.h"
#include "engine/base/clock.h"
#include "engine/store/executor.h"
#include "engine/store/history_commit.h"
#include "engine/store/writer_stats.h"

namespace mtpool::store {

struct CommitLimits {
  std::size_t queuePages = 256;
  std::size_t queueBytes = 64U << 20U;
  std::size_t batchRows = 1000;
  std::chrono::milliseconds batchWait{200};
};

class CommitWriter {
 public:
  /// Work other than history: runs alone, before pages, in the order it came. Answers its caller itself.
  using Job = std::function<void(Result<Executor*>)>;

  CommitWriter(std::unique_ptr<Executor> executor, CommitLimits limits, const Clock& clock);
  CommitWriter(const CommitWriter&) = delete;
  CommitWriter& operator=(const CommitWriter&) = delete;
  ~CommitWriter();

  /// See MessageStore::commitHistory. Waits for room first; the page stays with its coroutine meanwhile.
  Task<Result<CommitReceipt>> commit(HistoryCommit page);

  /// Runs work(Executor&) -> Result<T> on the writer. Busy when kJobs are waiting.
  template <class T, class Work>
  Task<Result<T>> call(Work work) {
    auto begin = [this, work = std::move(work)](async::Answer<Result<T>> answer) mutable {
      push([this, work = std::move(work), answer = std::move(answer)](Result<Executor*> executor) mutable {
        if (!executor.ok()) {
          answer(Result<T>(executor.error()));
          return;
        }
        Result<T> done = work(**executor);
        // Before the answer: who has that may look at stats().
        noteOutcome(done.ok() ? nullptr : &done.error());
        answer(std::move(done));
      });
    };
    return async::awaitCallback<Result<T>>(std::move(begin));
  }

  /// Writes what is queued; later calls get Cancelled. Blocks. Idempotent.
  void close();

  WriterStats stats() const;

 private:
  static constexpr std::size_t kJobs = 1024;

  struct Page {
    HistoryCommit commit;
    async::Answer<Result<CommitReceipt>> answer;
    std::size_t bytes = 0;
    MonoTime arrived{};
  };

  struct RoomWaiter {
    std::size_t bytes = 0;
    async::Answer<Result<void>> answer;
  };

  using Results = std::vector<std::optional<Result<CommitReceipt>>>;

  void push(Job job);
  void push(Page page);
  bool tryReserve(std::size_t bytes);
  void reserveOrWait(std::size_t bytes, async::Answer<Result<void>> answer);
  bool fits(std::size_t bytes) const;
  void hold(std::size_t bytes);
  void release(std::vector<Page>& batch);

  // The thread.
  void run();
  void runJob(std::unique_lock<std::mutex>& lock);
  void waitForMore(std::unique_lock<std::mutex>& lock);
  bool batchIsDue();
  void forgetLate(MonoTime now);
  std::vector<Page> takeBatch();
  void write(std::vector<Page> batch);
  Result<void> writeTogether(std::vector<Page>& batch, Results& results);
  void writeAlone(Page& page, std::optional<Result<CommitReceipt>>& result);
  void settle(const std::vector<Page>& batch, const Results& results);
  void noteTrouble(const Error& error);
  void noteOutcome(const Error* error);

  const CommitLimits limits_;
  const Clock& clock_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Page> pages_;
  std::deque<Job> jobs_;
  std::deque<RoomWaiter> waiters_;  // first come, first served
  std::size_t rowsQueued_ = 0;      // of pages_
  std::size_t heldPages_ = 0;       // reserved, queued or being written
  std::size_t heldBytes_ = 0;
  // Targets answered lately that have not come back: when, and in that order.
  std::unordered_map<std::int64_t, MonoTime> expected_;
  std::deque<std::pair<MonoTime, std::int64_t>> expectedOrder_;
  bool closing_ = false;
  WriterStats stats_;

  // Of the thread alone.
  std::unique_ptr<Executor> executor_;
  std::optional<Error> broken_;
  async::BlockingThread thread_;
};

}  // namespace mtpool::store
