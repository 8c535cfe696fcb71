// SPDX-License-Identifier: Apache-2.0
// Messages of the world as TL.
#pragma once

#include "engine/sim/world/channel.h"
#include "engine/sim/world/post.h"
#include "tl/api/message.h"

namespace mtpool::sim {

tl::api::TypeMessage messageOf(const Channel& channel, const Post& post);

/// What stands for a deleted id where it is asked for by number.
tl::api::TypeMessage emptyMessage(const Channel& channel, std::int32_t id);

tl::api::TypePeer channelPeer(const Channel& channel);

}  // namespace mtpool::sim
