// SPDX-License-Identifier: Apache-2.0
// Randomness enters the product here. Keys, nonces and padding come from SystemRandom; tests and the
// simulated world use SeededRandom so that a printed seed replays a run.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"

namespace mtpool {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(MutableBytes out) = 0;

  std::uint64_t u64();
  std::uint32_t u32();
  /// Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
  Bytes bytes(std::size_t n);

  template <std::size_t N>
  std::array<Byte, N> array() {
    std::array<Byte, N> out;
    fill(out);
    return out;
  }
};

/// The kernel's generator (getrandom). Thread-safe; ends the process if the kernel refuses.
class SystemRandom final : public Random {
 public:
  void fill(MutableBytes out) override;
};

/// xoshiro256**: fast, repeatable, NOT for keys of real accounts. Not thread-safe.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(MutableBytes out) override;

 private:
  std::uint64_t next();
  std::uint64_t state_[4];
};

}  // namespace mtpool
