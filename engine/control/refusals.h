// SPDX-License-Identifier: Apache-2.0
// Which refused connections are worth a line in the log: a program that knocks in a loop gets one a minute,
// not one a knock.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

#include "engine/base/clock.h"

namespace mtpool::control {

class Refusals {
 public:
  static constexpr std::chrono::seconds kBetweenLines{60};
  /// More users than that within a minute share the silence.
  static constexpr std::size_t kMaxUsers = 64;

  /// Counts one. How many there were since the last line, if it is time for the next, else nothing.
  std::optional<std::uint64_t> note(uid_t user, MonoTime now);

 private:
  struct Record {
    MonoTime saidAt{};
    std::uint64_t unsaid = 0;
  };

  std::map<uid_t, Record> users_;
};

}  // namespace mtpool::control
