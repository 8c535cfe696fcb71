// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/sent_log.h"

#include <utility>

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kRemembered = 32;

template <class Map>
void bound(Map& map) {
  while (map.size() > kRemembered) {
    map.erase(map.begin());
  }
}

}  // namespace

void SentLog::add(std::int64_t msgId, ServiceMessage message) {
  services_[msgId] = std::move(message);
  bound(services_);
}

void SentLog::addContainer(std::int64_t msgId, std::vector<std::int64_t> inner) {
  containers_[msgId] = std::move(inner);
  bound(containers_);
}

std::optional<ServiceMessage> SentLog::take(std::int64_t msgId) {
  auto node = services_.extract(msgId);
  if (node.empty()) {
    return std::nullopt;
  }
  return std::move(node.mapped());
}

const std::vector<std::int64_t>* SentLog::inside(std::int64_t containerId) const {
  const auto found = containers_.find(containerId);
  return found == containers_.end() ? nullptr : &found->second;
}

void SentLog::clear() {
  services_.clear();
  containers_.clear();
}

}  // namespace mtpool::mtproto
