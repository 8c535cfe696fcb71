// SPDX-License-Identifier: Apache-2.0
// Dice: the world's own numbers. Not randomness but a function: the same seed gives the same throws, which is
// what lets message i of channel c be made anew whenever somebody asks for it, with nothing kept in memory.
// (splitmix64 by Steele, Lea and Flood; 1 ns a throw, and starting one costs nothing, unlike base/random.)
#pragma once

#include <cstddef>
#include <cstdint>

namespace mtpool::sim {

inline constexpr std::uint64_t scramble(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// One seed out of another and a number; order matters.
inline constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t number) {
  return scramble(seed * 0x9e3779b97f4a7c15ULL + number + 0x632be59bd9b4e019ULL);
}

class Dice {
 public:
  explicit constexpr Dice(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return scramble(state_);
  }

  /// Uniform in [0, bound), near enough for a bound far below 2^32; 0 for bound 0.
  constexpr std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  /// Uniform in [low, high].
  constexpr int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
  }

  constexpr bool oneIn(std::uint32_t n) { return below(n) == 0; }

  constexpr bool percent(std::uint32_t p) { return below(100) < p; }

  /// A positive int64, as ids and access hashes are.
  constexpr std::int64_t positive64() { return static_cast<std::int64_t>(next() >> 1); }

  template <class List>
  constexpr const auto& pick(const List& list) {
    return list[below(static_cast<std::uint32_t>(list.size()))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace mtpool::sim
