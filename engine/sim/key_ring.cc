// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/key_ring.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kMostKeys = 200'000;

}  // namespace

std::shared_ptr<KeyRecord> KeyRing::find(std::uint64_t id, std::int64_t unixNow) const {
  const auto found = keys_.find(id);
  if (found == keys_.end() || (found->second->temporary() && found->second->expiresAt < unixNow)) {
    return nullptr;
  }
  return found->second;
}

std::shared_ptr<KeyRecord> KeyRing::ownerOf(const std::shared_ptr<KeyRecord>& record,
                                            std::int64_t unixNow) const {
  return record->boundTo == 0 ? record : find(record->boundTo, unixNow);
}

bool KeyRing::full() const {
  return keys_.size() >= kMostKeys;
}

void KeyRing::add(std::shared_ptr<KeyRecord> record) {
  const std::uint64_t id = record->key->id();
  keys_[id] = std::move(record);
}

void KeyRing::remove(std::uint64_t id) {
  keys_.erase(id);
}

}  // namespace mtpool::sim
