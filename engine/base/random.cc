// SPDX-License-Identifier: Apache-2.0
#include "engine/base/random.h"

#include <sys/random.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "engine/base/check.h"

namespace mtpool {

std::uint64_t Random::u64() {
  std::array<Byte, 8> raw;
  fill(raw);
  return loadLe64(raw.data());
}

std::uint32_t Random::u32() {
  return static_cast<std::uint32_t>(u64());
}

std::uint64_t Random::below(std::uint64_t bound) {
  MTP_CHECK(bound > 0);
  // Reject the uneven top so that every value is equally likely.
  const std::uint64_t limit = ~std::uint64_t{0} - (~std::uint64_t{0} % bound + 1) % bound;
  std::uint64_t v = u64();
  while (v > limit) {
    v = u64();
  }
  return v % bound;
}

Bytes Random::bytes(std::size_t n) {
  Bytes out(n);
  fill(out);
  return out;
}

void SystemRandom::fill(MutableBytes out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t n = ::getrandom(out.data() + done, out.size() - done, 0);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    MTP_CHECK(n > 0);
    done += static_cast<std::size_t>(n);
  }
}

SeededRandom::SeededRandom(std::uint64_t seed) {
  // splitmix64 spreads a small seed over the whole state.
  for (auto& word : state_) {
    seed += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    word = z ^ (z >> 31);
  }
}

std::uint64_t SeededRandom::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

void SeededRandom::fill(MutableBytes out) {
  std::size_t i = 0;
  while (i < out.size()) {
    const std::uint64_t v = next();
    for (int k = 0; k < 8 && i < out.size(); ++k, ++i) {
      out[i] = static_cast<Byte>(v >> (8 * k));
    }
  }
}

}  // namespace mtpool
