// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/client_salts.h"

#include <algorithm>
#include <utility>

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kMaxAnnounced = 64;
constexpr std::int64_t kAskAhead = 3600;

}  // namespace

bool ClientSalts::replace(std::uint64_t salt) {
  // The announcements led to a wrong salt, or our idea of the time did: neither is to be followed again.
  if (salt != current_) {
    announced_.clear();
  }
  return std::exchange(current_, salt) != salt;
}

void ClientSalts::learn(std::vector<Announced> announced) {
  std::ranges::sort(announced, {}, &Announced::since);
  announced.resize(std::min(announced.size(), kMaxAnnounced));
  announced_ = std::move(announced);
}

bool ClientSalts::advance(std::int64_t now) {
  std::erase_if(announced_, [&](const Announced& a) { return a.until <= now; });
  const auto next = std::ranges::upper_bound(announced_, now, {}, &Announced::since);
  if (next == announced_.begin()) {
    return false;
  }
  return std::exchange(current_, std::prev(next)->salt) != std::prev(next)->salt;
}

bool ClientSalts::endsSoon(std::int64_t now) const {
  return announced_.empty() || announced_.back().until <= now + kAskAhead;
}

}  // namespace mtpool::mtproto
