// SPDX-License-Identifier: Apache-2.0
// Mailbox<T>: a bounded queue between coroutines of one executor. Full means the sender waits (push) or is
// told (tryPush); closed means no more items, and what is inside can still be taken.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>

#include "engine/async/timer.h"

namespace mtpool::async {

template <class T>
class Mailbox {
 public:
  Mailbox(const Executor& executor, std::size_t capacity) : capacity_(capacity), changed_(executor) {}

  /// False when full or closed; the item is untouched then.
  bool tryPush(T&& item) {
    if (closed_ || items_.size() >= capacity_) {
      return false;
    }
    items_.push_back(std::move(item));
    changed_.notify();
    return true;
  }

  /// Waits while full. Errc::Cancelled when stopped or closed.
  Task<Result<void>> push(T item) {
    while (!closed_ && items_.size() >= capacity_) {
      MTP_CO_DO(co_await changed_.wait());
    }
    if (closed_) {
      co_return Error(Errc::Cancelled, "the queue is closed");
    }
    items_.push_back(std::move(item));
    changed_.notify();
    co_return Result<void>();
  }

  /// Waits while empty. Errc::Cancelled when stopped, or closed and empty.
  Task<Result<T>> pop() {
    while (items_.empty()) {
      if (closed_) {
        co_return Error(Errc::Cancelled, "the queue is closed");
      }
      MTP_CO_DO(co_await changed_.wait());
    }
    T item = std::move(items_.front());
    items_.pop_front();
    changed_.notify();
    co_return item;
  }

  void close() {
    closed_ = true;
    changed_.notify();
  }

  std::size_t size() const { return items_.size(); }

  bool closed() const { return closed_; }

 private:
  std::size_t capacity_;
  std::deque<T> items_;
  Event changed_;
  bool closed_ = false;
};

}  // namespace mtpool::async
