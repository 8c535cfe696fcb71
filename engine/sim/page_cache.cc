// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/page_cache.h"

#include <utility>

namespace mtpool::sim {

const Bytes* PageCache::find(const Key& key) {
  const auto found = pages_.find(key);
  if (found == pages_.end()) {
    return nullptr;
  }
  uses_.splice(uses_.begin(), uses_, found->second.use);
  return &found->second.bytes;
}

void PageCache::put(const Key& key, Bytes page) {
  if (page.size() > mostBytes_ || pages_.contains(key)) {
    return;
  }
  while (bytes_ + page.size() > mostBytes_) {
    const auto oldest = pages_.find(uses_.back());
    bytes_ -= oldest->second.bytes.size();
    pages_.erase(oldest);
    uses_.pop_back();
  }
  bytes_ += page.size();
  uses_.push_front(key);
  pages_.emplace(key, Page{std::move(page), uses_.begin()});
}

}  // namespace mtpool::sim
