// SPDX-License-Identifier: Apache-2.0
// The people and bots who write in the world. Like messages they are functions of a number: nothing is kept.
#pragma once

#include <cstdint>
#include <string>

namespace mtpool::sim {

struct Person {
  std::int64_t id = 0;  // above 6 * 10^9
  std::string firstName;
  std::string lastName;  // may be empty
  std::string username;  // may be empty
  bool bot = false;
  bool premium = false;
};

inline constexpr std::int64_t kFirstPersonId = 6'500'000'000;
inline constexpr std::int32_t kPeople = 4000;
inline constexpr std::int64_t kFirstHelperBotId = 6'400'000'000;
inline constexpr std::int32_t kHelperBots = 8;

/// Of any id that personId() or helperBotId() gave.
Person personOf(std::uint64_t worldSeed, std::int64_t id);

inline std::int64_t personId(std::uint32_t number) {
  return kFirstPersonId + number;
}

inline std::int64_t helperBotId(std::uint32_t number) {
  return kFirstHelperBotId + number;
}

}  // namespace mtpool::sim
