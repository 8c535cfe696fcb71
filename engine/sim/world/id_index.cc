// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/id_index.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "engine/base/check.h"
#include "engine/sim/world/dice.h"

namespace mtpool::sim {

namespace {

/// Position of the n-th set bit.
int nthBit(std::uint64_t mask, int n) {
  for (; n > 0; --n) {
    mask &= mask - 1;
  }
  return std::countr_zero(mask);
}

}  // namespace

IdIndex::IdIndex(std::uint64_t seed, std::int32_t count) : seed_(seed), count_(count) {
  MTP_CHECK(count >= 0 && count <= std::numeric_limits<std::int32_t>::max() / 4);
  std::int32_t found = 0;
  for (std::int32_t block = 0; found < count; ++block) {
    if (block % kStride == 0) {
      before_.push_back(found);
    }
    const std::uint64_t mask = maskOf(block);
    const int here = std::popcount(mask);
    if (found + here >= count) {
      top_ = block * kBlock + nthBit(mask, count - found - 1) + 1;
    }
    found += here;
  }
}

std::uint64_t IdIndex::maskOf(std::int32_t block) const {
  // About 1 block in 4 is whole, 1 in 40 mostly gone; every 50th stretch of three blocks is gone altogether:
  // 192 ids, more than a page.
  if (block > 0 && mix(seed_ ^ 0x60e5, static_cast<std::uint64_t>(block / 3)) % 50 == 0) {
    return 0;
  }
  Dice dice(mix(seed_, static_cast<std::uint64_t>(block)));
  std::uint64_t mask = ~std::uint64_t{0};
  const std::uint32_t kind = dice.below(40);
  if (kind == 0) {
    mask = dice.next() & dice.next();
  } else if (kind < 30) {
    for (int holes = dice.between(1, 5); holes > 0; --holes) {
      mask &= ~(std::uint64_t{1} << dice.below(64));
    }
  }
  return block == 0 ? mask | 1 : mask;  // id 1, the channel's creation, always stays
}

bool IdIndex::exists(std::int32_t id) const {
  if (id < 1 || id > top_) {
    return false;
  }
  return ((maskOf((id - 1) / kBlock) >> ((id - 1) % kBlock)) & 1) != 0;
}

std::int32_t IdIndex::countBelow(std::int32_t id) const {
  if (id <= 1) {
    return 0;
  }
  if (id > top_) {
    return count_;
  }
  const std::int32_t last = (id - 1) / kBlock;
  std::int32_t found = before_[static_cast<std::size_t>(last / kStride)];
  for (std::int32_t block = last / kStride * kStride; block < last; ++block) {
    found += std::popcount(maskOf(block));
  }
  const std::uint64_t below = (std::uint64_t{1} << ((id - 1) % kBlock)) - 1;
  return found + std::popcount(maskOf(last) & below);
}

std::int32_t IdIndex::at(std::int32_t rank) const {
  MTP_CHECK(rank >= 0 && rank < count_);
  const auto after = std::upper_bound(before_.begin(), before_.end(), rank);
  const auto stride = static_cast<std::int32_t>(after - before_.begin()) - 1;
  std::int32_t left = rank - before_[static_cast<std::size_t>(stride)];
  for (std::int32_t block = stride * kStride;; ++block) {
    const std::uint64_t mask = maskOf(block);
    const int here = std::popcount(mask);
    if (left < here) {
      return block * kBlock + nthBit(mask, left) + 1;
    }
    left -= here;
  }
}

}  // namespace mtpool::sim
