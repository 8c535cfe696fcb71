// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/channel.h"

#include "engine/sim/world/dice.h"

namespace mtpool::sim {

namespace {

// Albums start only at these ids, so that whether an id is in one needs no look at its neighbours.
constexpr std::int32_t kAlbumGrid = 10;

}  // namespace

Channel::Channel(Facts facts, std::int32_t messages)
    : facts_(std::move(facts)), ids_(mix(facts_.seed, 1), messages) {}

std::int32_t Channel::albumLength(std::int32_t start) const {
  Dice dice(mix(facts_.seed ^ 0xa1b0, static_cast<std::uint64_t>(start)));
  if (start < kAlbumGrid || !dice.oneIn(facts_.shape == Shape::Channel ? 12 : 60)) {
    return 0;
  }
  return dice.between(2, kAlbumGrid);
}

std::int32_t Channel::albumStart(std::int32_t id) const {
  const std::int32_t start = id / kAlbumGrid * kAlbumGrid;
  return id < start + albumLength(start) ? start : id;
}

bool Channel::inAlbum(std::int32_t id) const {
  const std::int32_t start = id / kAlbumGrid * kAlbumGrid;
  return id < start + albumLength(start);
}

std::int32_t Channel::dateOf(std::int32_t id) const {
  const std::int32_t written = albumStart(id);  // an album is sent in one second
  Dice dice(mix(facts_.seed ^ 0xda7e, static_cast<std::uint64_t>(written)));
  const auto offset = static_cast<std::int64_t>(written - 1) * facts_.secondsApart;
  return static_cast<std::int32_t>(facts_.createdAt + offset +
                                   dice.below(static_cast<std::uint32_t>(facts_.secondsApart)));
}

std::int32_t Channel::countBefore(std::int32_t date) const {
  std::int32_t low = 0;
  std::int32_t high = ids_.count();
  while (low < high) {
    const std::int32_t middle = low + (high - low) / 2;
    if (dateOf(ids_.at(middle)) < date) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace mtpool::sim
