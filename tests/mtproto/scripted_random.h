// SPDX-License-Identifier: Apache-2.0
// Randomness that a test chose: requests are answered from lists kept by size, then by a seeded generator.
#pragma once

#include <algorithm>
#include <deque>
#include <map>

#include "engine/base/random.h"

namespace mtpool::mtproto {

class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(std::uint64_t seed = 1) : rest_(seed) {}

  /// The next draw of exactly bytes.size() bytes.
  void script(const Bytes& bytes) { scripted_[bytes.size()].push_back(bytes); }

  bool usedUp() const {
    return std::ranges::all_of(scripted_, [](const auto& entry) { return entry.second.empty(); });
  }

  void fill(MutableBytes out) override {
    auto found = scripted_.find(out.size());
    if (found == scripted_.end() || found->second.empty()) {
      rest_.fill(out);
      return;
    }
    std::ranges::copy(found->second.front(), out.begin());
    found->second.pop_front();
  }

 private:
  SeededRandom rest_;
  std::map<std::size_t, std::deque<Bytes>> scripted_;
};

}  // namespace mtpool::mtproto
