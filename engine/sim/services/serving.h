// SPDX-License-Identifier: Apache-2.0
// Handing out messages: made from the world, written into the ledger, counted.
#pragma once

#include "engine/sim/request.h"
#include "engine/sim/wire/peers.h"
#include "tl/api/message.h"

namespace mtpool::sim {

struct ServedMessages {
  std::vector<tl::api::TypeMessage> messages;
  Mentioned mentioned;
};

/// `ids` in the order of the answer; ids that do not exist become messageEmpty.
ServedMessages serve(Request& request, const Channel& channel, const std::vector<std::int32_t>& ids);

/// messages.channelMessages around them.
tl::api::messages::ChannelMessages channelMessages(Request& request, const Channel& channel,
                                                   ServedMessages served);

/// A page of history, from the cache where it was served to this account before; counted and in the ledger
/// all the same. Boxed, packed where that is smaller. `ids` exist, newest first.
Bytes servePage(Request& request, const Channel& channel, const std::vector<std::int32_t>& ids);

}  // namespace mtpool::sim
