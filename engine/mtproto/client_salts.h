// SPDX-License-Identifier: Apache-2.0
// The server salts a client knows: the one in use and those announced for later. (get_future_salts.)
#pragma once

#include <cstdint>
#include <vector>

namespace mtpool::mtproto {

class ClientSalts {
 public:
  struct Announced {
    std::int64_t since = 0;  // unix seconds at the server
    std::int64_t until = 0;
    std::uint64_t salt = 0;
  };

  explicit ClientSalts(std::uint64_t salt) : current_(salt) {}

  std::uint64_t current() const { return current_; }

  /// The server named this one as the right one. True when it is another than before.
  bool replace(std::uint64_t salt);
  /// Remembers at most 64 announcements, in place of the former ones.
  void learn(std::vector<Announced> announced);
  /// Moves on to the salt whose time has come. True when it is another than before.
  bool advance(std::int64_t now);
  /// True when what was announced ends within the hour.
  bool endsSoon(std::int64_t now) const;

 private:
  std::uint64_t current_;
  std::vector<Announced> announced_;  // sorted by since
};

}  // namespace mtpool::mtproto
