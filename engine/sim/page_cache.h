// SPDX-License-Identifier: Apache-2.0
// Pages of history as they went out, packed: gzip costs most of an answer, and a benchmark or a second run
// asks for the same pages again. Least recently used ones go when it is full.
#pragma once

#include <compare>
#include <cstdint>
#include <list>
#include <map>

#include "engine/base/bytes.h"

namespace mtpool::sim {

class PageCache {
 public:
  /// A page is told by its ends: between them, nothing is ever left out. Access hashes make it the viewer's
  /// own.
  struct Key {
    std::int64_t viewer = 0;
    std::int32_t channel = 0;  // its number
    std::int32_t newest = 0;
    std::int32_t oldest = 0;

    friend auto operator<=>(const Key&, const Key&) = default;
  };

  explicit PageCache(std::size_t mostBytes = std::size_t{64} << 20) : mostBytes_(mostBytes) {}

  /// nullptr when it is not there; valid until the next put().
  const Bytes* find(const Key& key);
  void put(const Key& key, Bytes page);

  std::size_t bytes() const { return bytes_; }

 private:
  struct Page {
    Bytes bytes;
    std::list<Key>::iterator use;
  };

  std::size_t mostBytes_;
  std::size_t bytes_ = 0;
  std::map<Key, Page> pages_;
  std::list<Key> uses_;  // latest first
};

}  // namespace mtpool::sim
