// SPDX-License-Identifier: Apache-2.0
// Which message ids of a channel exist. Ids are deleted in life: single ones, thick spots, and runs longer
// than a page. Ids stand in blocks of 64 whose holes are a function of the seed; a running count per 16
// blocks makes rank and id convert in microseconds, at 4 bytes per 1024 ids.
#pragma once

#include <cstdint>
#include <vector>

namespace mtpool::sim {

class IdIndex {
 public:
  /// `count` ids exist in the end, the first of them 1; as many more are deleted as the seed says.
  IdIndex(std::uint64_t seed, std::int32_t count);

  std::int32_t count() const { return count_; }

  /// The newest id, which exists; 0 when count() is 0.
  std::int32_t top() const { return top_; }

  bool exists(std::int32_t id) const;

  /// How many existing ids are smaller than `id`, which may be any number.
  std::int32_t countBelow(std::int32_t id) const;

  /// The existing id with that many existing ids below it; 0 <= rank < count().
  std::int32_t at(std::int32_t rank) const;

 private:
  static constexpr std::int32_t kBlock = 64;
  static constexpr std::int32_t kStride = 16;  // blocks per running count

  /// Bit i is id block * 64 + i + 1.
  std::uint64_t maskOf(std::int32_t block) const;

  std::uint64_t seed_;
  std::int32_t count_;
  std::int32_t top_ = 0;
  std::vector<std::int32_t> before_;  // existing ids before block kStride * i, to the end of the channel
};

}  // namespace mtpool::sim
