// SPDX-License-Identifier: Apache-2.0
// StrongId<Tag>: an int64 that cannot be mixed up with another kind of int64.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace mtpool {

template <class Tag>
struct StrongId {
  std::int64_t value = 0;

  constexpr StrongId() = default;

  constexpr explicit StrongId(std::int64_t v) : value(v) {}

  friend constexpr auto operator<=>(StrongId, StrongId) = default;
};

}  // namespace mtpool

template <class Tag>
struct std::hash<mtpool::StrongId<Tag>> {
  std::size_t operator()(mtpool::StrongId<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
