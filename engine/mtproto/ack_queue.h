// SPDX-License-Identifier: Apache-2.0
// Acknowledgements that wait for company, a full batch, or their latest time.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/base/clock.h"

namespace mtpool::mtproto {

class AckQueue {
 public:
  /// As many as two messages can name. What finds no place is not acknowledged, so the peer repeats it.
  static constexpr std::size_t kMost = 8192;

  void add(std::int64_t msgId, MonoTime now) {
    if (ids_.size() >= kMost) {
      return;
    }
    if (ids_.empty()) {
      since_ = now;
    }
    ids_.push_back(msgId);
  }

  /// Takes back an ack that another message made needless.
  void drop(std::int64_t msgId) { std::erase(ids_, msgId); }

  bool empty() const { return ids_.empty(); }

  std::size_t size() const { return ids_.size(); }

  /// When the first one was added; nullopt while empty.
  std::optional<MonoTime> since() const { return empty() ? std::nullopt : std::optional(since_); }

  /// The oldest up to `most`, which leave the queue.
  std::vector<std::int64_t> take(std::size_t most) {
    const auto end = ids_.begin() + static_cast<std::ptrdiff_t>(std::min(most, ids_.size()));
    std::vector<std::int64_t> taken(ids_.begin(), end);
    ids_.erase(ids_.begin(), end);
    return taken;
  }

  void clear() { ids_.clear(); }

 private:
  std::vector<std::int64_t> ids_;
  MonoTime since_{};
};

}  // namespace mtpool::mtproto
