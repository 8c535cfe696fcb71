// SPDX-License-Identifier: Apache-2.0
// Draws one message of a channel: everything about it follows from the channel's seed and the id.
#pragma once

#include <cstdint>

#include "engine/sim/world/channel.h"
#include "engine/sim/world/post.h"

namespace mtpool::sim {

/// `id` must exist in the channel.
Post writePost(const Channel& channel, std::int32_t id);

}  // namespace mtpool::sim
