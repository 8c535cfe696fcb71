// SPDX-License-Identifier: Apache-2.0
// One channel or supergroup of the world: its facts, which ids exist, and when each was written.
#pragma once

#include <cstdint>
#include <string>

#include "engine/sim/world/id_index.h"

namespace mtpool::sim {

/// How messages are made: short remarks of a group (some 260 bytes each on the wire) or a channel's posts
/// with pictures (some 1 KB).
enum class Shape : std::uint8_t { Chat, Channel };

class Channel {
 public:
  struct Facts {
    std::uint64_t seed = 0;   // of this channel
    std::int32_t number = 0;  // 1 for @simch1
    std::int64_t id = 0;      // bare, above 3 * 10^9
    bool megagroup = false;
    Shape shape = Shape::Chat;
    std::string username;
    std::string title;
    std::string about;
    std::int32_t members = 0;
    std::int32_t createdAt = 0;
    std::int32_t secondsApart = 60;  // of consecutive ids, on average
  };

  Channel(Facts facts, std::int32_t messages);

  const Facts& facts() const { return facts_; }

  const IdIndex& ids() const { return ids_; }

  /// As the Bot API marks it: -(10^12 + id).
  std::int64_t chatId() const { return -1'000'000'000'000 - facts_.id; }

  /// Never decreases with the id.
  std::int32_t dateOf(std::int32_t id) const;

  /// The first id of the album that `id` belongs to, or `id` itself.
  std::int32_t albumStart(std::int32_t id) const;
  bool inAlbum(std::int32_t id) const;

  /// How many existing messages are older than `date`.
  std::int32_t countBefore(std::int32_t date) const;

  /// Server state of updates; grows with the messages.
  std::int32_t pts() const { return ids_.top() + 1; }

 private:
  /// 0 if no album starts there.
  std::int32_t albumLength(std::int32_t start) const;

  Facts facts_;
  IdIndex ids_;
};

}  // namespace mtpool::sim
