// SPDX-License-Identifier: Apache-2.0
// A peer as TL has it to an id as the product has it.
#pragma once

#include "engine/model/ids.h"
#include "tl/api/ids.h"
#include "tl/api/views.h"

namespace mtpool::collect {

inline model::ChatId markedId(const tl::view::Peer& peer) {
  switch (peer.constructor) {
    case tl::api::id::kPeerUser:
      return model::ChatId::ofUser(peer.id);
    case tl::api::id::kPeerChat:
      return model::ChatId::ofGroup(peer.id);
    default:
      return model::ChatId::ofChannel(peer.id);
  }
}

}  // namespace mtpool::collect
