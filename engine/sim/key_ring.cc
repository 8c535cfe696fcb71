// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/key_ring.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kMostKeys = 200'000;

}  // namespace

KeyRecord* KeyRing::find(std::uint64_t id, std::int64_t unixNow) {
  const auto found = keys_.find(id);
  if (found == keys_.end()) {
    return nullptr;
  }
  if (found->second->temporary() && found->second->expiresAt < unixNow) {
    return nullptr;
  }
  return found->second.get();
}

KeyRecord* KeyRing::ownerOf(KeyRecord& record, std::int64_t unixNow) {
  return record.boundTo == 0 ? &record : find(record.boundTo, unixNow);
}

bool KeyRing::add(std::unique_ptr<KeyRecord> record) {
  if (keys_.size() >= kMostKeys) {
    return false;
  }
  const std::uint64_t id = record->key->id();
  keys_[id] = std::move(record);
  return true;
}

void KeyRing::remove(std::uint64_t id) {
  keys_.erase(id);
}

void KeyRing::forget(ConnectionId connection) {
  for (auto& [id, record] : keys_) {
    record->connections.erase(connection);
  }
}

}  // namespace mtpool::sim
