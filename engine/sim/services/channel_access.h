// SPDX-License-Identifier: Apache-2.0
// From the channel a call names to the channel of the world, if the caller may name it so.
#pragma once

#include "engine/sim/request.h"
#include "tl/api/peer.h"

namespace mtpool::sim {

/// nullptr when there is none or the access hash is not the caller's: answer CHANNEL_INVALID. A wrong hash is
/// a violation, because a client has it from another account or made it up.
const Channel* namedChannel(Request& request, const tl::api::TypeInputChannel& input);
const Channel* namedChannel(Request& request, std::int64_t id, std::int64_t accessHash);

}  // namespace mtpool::sim
