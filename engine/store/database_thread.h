// SPDX-License-Identifier: Apache-2.0
// DatabaseThread: a thread with a connection of its own, for calls that answer at once: the reader of the
// message store, the only thread of the state store.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/async/callback.h"
#include "engine/async/shard.h"
#include "engine/store/executor.h"

namespace mtpool::store {

class DatabaseThread {
 public:
  DatabaseThread(std::string name, std::unique_ptr<Executor> executor);
  DatabaseThread(const DatabaseThread&) = delete;
  DatabaseThread& operator=(const DatabaseThread&) = delete;
  ~DatabaseThread();

  /// Finishes what was asked for, then stops. Blocks. Idempotent.
  void close();

  /// Runs work(Executor&) -> Result<T> on the thread, resumes the caller on its own. Cancelled after close().
  template <class T, class Work>
  Task<Result<T>> call(Work work) {
    auto begin = [this, work = std::move(work)](async::Answer<Result<T>> answer) mutable {
      const std::lock_guard lock(mutex_);
      if (closed_) {
        answer(Error(Errc::Cancelled, "the database is closed"));
        return;
      }
      thread_.post(
          [this, work = std::move(work), answer = std::move(answer)]() mutable { answer(work(*executor_)); });
    };
    return async::awaitCallback<Result<T>>(std::move(begin));
  }

 private:
  std::mutex mutex_;
  bool closed_ = false;
  std::unique_ptr<Executor> executor_;
  async::BlockingThread thread_;
};

}  // namespace mtpool::store
