// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/services/channel_access.h"

#include <fmt/format.h>

namespace mtpool::sim {

const Channel* namedChannel(Request& request, std::int64_t id, std::int64_t accessHash) {
  const Channel* channel = request.scene.world.findById(id);
  if (channel == nullptr) {
    return nullptr;
  }
  if (accessHash != request.scene.world.accessHash(request.viewer(), id)) {
    request.violation("wrong_access_hash", fmt::format("channel {} by account {}", id, request.viewer()));
    return nullptr;
  }
  return channel;
}

const Channel* namedChannel(Request& request, const tl::api::TypeInputChannel& input) {
  const auto* named = input.as<tl::api::InputChannel>();
  return named == nullptr ? nullptr : namedChannel(request, named->channelId, named->accessHash);
}

}  // namespace mtpool::sim
