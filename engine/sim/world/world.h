// SPDX-License-Identifier: Apache-2.0
// The simulated world: channels @simch1 … @simchN with their messages. Everything is a function of the seed,
// so ten million messages need no memory and two runs agree to the byte. Immutable after construction.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/sim/world/channel.h"
#include "engine/sim/world/person.h"
#include "engine/sim/world/post.h"

namespace mtpool::sim {

struct WorldOptions {
  std::uint64_t seed = 1;
  std::int32_t channels = 3;
  std::int32_t messages = 10'000;  // that exist in each channel; deleted ids come on top
  /// One shape for all channels; without it, channels post articles and supergroups chat.
  std::optional<Shape> shape;
};

class World {
 public:
  explicit World(const WorldOptions& options);

  const WorldOptions& options() const { return options_; }

  const std::vector<Channel>& channels() const { return channels_; }

  /// By user name without @, in any case; nullptr if there is none.
  const Channel* findByName(std::string_view username) const;
  /// By bare id.
  const Channel* findById(std::int64_t id) const;

  /// The message `id`, which must exist.
  Post post(const Channel& channel, std::int32_t id) const;

  Person person(std::int64_t id) const { return personOf(options_.seed, id); }

  /// The access hash by which `viewer` (an account's user id) may name a channel or person; each viewer has
  /// its own.
  std::int64_t accessHash(std::int64_t viewer, std::int64_t peer) const;

 private:
  WorldOptions options_;
  std::vector<Channel> channels_;
};

}  // namespace mtpool::sim
