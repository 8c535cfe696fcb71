// SPDX-License-Identifier: Apache-2.0
// Media of the world as TL. The kind is the post's; ids, sizes, thumbnails and file references are drawn from
// its decor, with sizes above 2^32 and random bytes in the amounts that real pages carry.
#pragma once

#include "engine/sim/world/channel.h"
#include "engine/sim/world/post.h"
#include "tl/api/message_parts.h"

namespace mtpool::sim {

/// Nothing for MediaKind::None.
std::optional<tl::api::TypeMessageMedia> mediaOf(const Channel& channel, const Post& post);

/// A picture, as a message or a changed channel photo shows it.
tl::api::Photo photoOf(std::uint64_t decor, std::int32_t date);

}  // namespace mtpool::sim
