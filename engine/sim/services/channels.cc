// SPDX-License-Identifier: Apache-2.0
// channels.*: what a channel is, and messages by number.
#include "engine/sim/services/channel_access.h"
#include "engine/sim/services/router.h"
#include "engine/sim/services/serving.h"
#include "engine/sim/wire/media.h"
#include "engine/sim/world/dice.h"
#include "tl/api/dialog.h"
#include "tl/api/full_info.h"
#include "tl/api/message_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr std::size_t kMostIds = 100;

Answer getChannels(Request& request, const api::channels::GetChannels& call) {
  api::messages::Chats chats;
  for (const api::TypeInputChannel& input : call.id) {
    const Channel* channel = namedChannel(request, input);
    if (channel == nullptr) {
      return refuse(400, "CHANNEL_INVALID");
    }
    chats.chats.push_back(chatOf(request.scene.world, *channel, request.viewer()));
  }
  return answerWith(chats);
}

Answer getFullChannel(Request& request, const api::channels::GetFullChannel& call) {
  const Channel* channel = namedChannel(request, call.channel);
  if (channel == nullptr) {
    return refuse(400, "CHANNEL_INVALID");
  }
  const Channel::Facts& facts = channel->facts();
  api::ChannelFull full;
  full.id = facts.id;
  full.about = facts.about;
  full.participantsCount = facts.members;
  full.readInboxMaxId = channel->ids().top();
  full.chatPhoto = photoOf(mix(facts.seed, 7), facts.createdAt);
  full.pts = channel->pts();
  full.canViewParticipants = facts.megagroup;
  if (!facts.megagroup) {
    full.linkedChatId = linkedGroupId(*channel);
  }
  api::messages::ChatFull result;
  result.fullChat = std::move(full);
  result.chats.push_back(chatOf(request.scene.world, *channel, request.viewer()));
  return answerWith(result);
}

Answer getMessages(Request& request, const api::channels::GetMessages& call) {
  const Channel* channel = namedChannel(request, call.channel);
  if (channel == nullptr) {
    return refuse(400, "CHANNEL_INVALID");
  }
  if (call.id.empty()) {
    return refuse(400, "MESSAGE_IDS_EMPTY");
  }
  std::vector<std::int32_t> ids;
  for (const api::TypeInputMessage& input : call.id) {
    if (const auto* byId = input.as<api::InputMessageID>(); byId != nullptr && ids.size() < kMostIds) {
      ids.push_back(byId->id);
    }
  }
  return answerWith(channelMessages(request, *channel, serve(request, *channel, ids)));
}

Answer readHistory(Request& request, const api::channels::ReadHistory& call) {
  if (namedChannel(request, call.channel) == nullptr) {
    return refuse(400, "CHANNEL_INVALID");
  }
  return answerWith(true);
}

}  // namespace

void addChannels(Router& router) {
  router.on<api::channels::GetChannels>(Access::Login, getChannels);
  router.on<api::channels::GetFullChannel>(Access::Login, getFullChannel);
  router.on<api::channels::GetMessages>(Access::Login, getMessages);
  router.on<api::channels::ReadHistory>(Access::UserOnly, readHistory);
}

}  // namespace mtpool::sim
