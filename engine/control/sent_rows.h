// SPDX-License-Identifier: Apache-2.0
// What a subscriber already has of a table: per row a key and a fingerprint, so the next item can hold only
// what changed. 64 bits a row instead of the row: two states of one row looking alike is less likely than the
// machine miscounting.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace mtpool::control {

template <class Key>
class SentRows {
 public:
  /// One look at the whole table: begin(), changed() for every row there is, removed().
  void begin() { ++look_; }

  /// True when the subscriber does not have the row like this; from now on it counts as sent.
  bool changed(const Key& key, const google::protobuf::MessageLite& row) {
    const auto fingerprint = std::hash<std::string>{}(row.SerializeAsString());
    auto [entry, isNew] = rows_.try_emplace(key);
    const bool differs = isNew || entry->second.fingerprint != fingerprint;
    entry->second = {fingerprint, look_};
    return differs;
  }

  /// Keys that were sent once and are gone now; forgotten by this call.
  std::vector<Key> removed() {
    std::vector<Key> gone;
    for (auto it = rows_.begin(); it != rows_.end();) {
      if (it->second.look == look_) {
        ++it;
        continue;
      }
      gone.push_back(it->first);
      it = rows_.erase(it);
    }
    return gone;
  }

 private:
  struct Sent {
    std::size_t fingerprint = 0;
    std::uint64_t look = 0;
  };

  std::unordered_map<Key, Sent> rows_;
  std::uint64_t look_ = 0;
};

}  // namespace mtpool::control
