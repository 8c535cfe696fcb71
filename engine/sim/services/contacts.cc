// SPDX-License-Identifier: Apache-2.0
// contacts.resolveUsername: from a name to a peer with the caller's own access hash.
#include <algorithm>

#include "engine/sim/services/router.h"
#include "engine/sim/wire/message.h"
#include "engine/sim/wire/peers.h"
#include "tl/api/dialog.h"
#include "tl/api/user_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

/// Telegram's rule: 4 to 32 letters, digits and underscores, a letter first.
bool looksLikeUsername(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return name.size() >= 4 && name.size() <= 32 && letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

Answer resolveUsername(Request& request, const api::contacts::ResolveUsername& call) {
  if (!looksLikeUsername(call.username)) {
    return refuse(400, "USERNAME_INVALID");
  }
  const World& world = request.scene.world;
  const Channel* channel = world.findByName(call.username);
  if (channel == nullptr) {
    return refuse(400, "USERNAME_NOT_OCCUPIED");
  }
  api::contacts::ResolvedPeer resolved;
  resolved.peer = channelPeer(*channel);
  resolved.chats.push_back(chatOf(world, *channel, request.viewer()));
  return answerWith(resolved);
}

}  // namespace

void addContacts(Router& router) {
  router.on<api::contacts::ResolveUsername>(Access::Login, resolveUsername);
}

}  // namespace mtpool::sim
