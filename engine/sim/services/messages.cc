// SPDX-License-Identifier: Apache-2.0
// messages.*: history and the (empty) list of dialogs.
#include "engine/sim/history.h"
#include "engine/sim/services/channel_access.h"
#include "engine/sim/services/router.h"
#include "engine/sim/services/serving.h"
#include "tl/api/dialog.h"
#include "tl/api/message_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

HistoryQuery queryOf(const api::messages::GetHistory& call) {
  HistoryQuery query;
  query.offsetId = call.offsetId;
  query.offsetDate = call.offsetDate;
  query.addOffset = call.addOffset;
  query.limit = call.limit;
  query.maxId = call.maxId;
  query.minId = call.minId;
  query.hash = call.hash;
  return query;
}

Answer getHistory(Request& request, const api::messages::GetHistory& call) {
  if (call.peer.as<api::InputPeerSelf>() != nullptr || call.peer.as<api::InputPeerUser>() != nullptr) {
    return answerWith(api::messages::Messages{});  // nobody writes to the accounts
  }
  const auto* peer = call.peer.as<api::InputPeerChannel>();
  if (peer == nullptr) {
    return refuse(400, "PEER_ID_INVALID");
  }
  const Channel* channel = namedChannel(request, peer->channelId, peer->accessHash);
  if (channel == nullptr) {
    return refuse(400, "CHANNEL_INVALID");
  }
  const HistoryPage page = pageOf(*channel, queryOf(call));
  if (page.notModified) {
    api::messages::MessagesNotModified same;
    same.count = channel->ids().count();
    return answerWith(same);
  }
  return servePage(request, *channel, page.ids);
}

Answer getMessages(Request&, const api::messages::GetMessages& call) {
  api::messages::Messages none;
  for (const api::TypeInputMessage& input : call.id) {
    api::MessageEmpty empty;
    if (const auto* byId = input.as<api::InputMessageID>()) {
      empty.id = byId->id;
    }
    none.messages.emplace_back(empty);
  }
  return answerWith(none);
}

Answer getDialogs(Request&, const api::messages::GetDialogs&) {
  return answerWith(api::messages::Dialogs{});
}

api::updates::State stateOf(const Request& request) {
  api::updates::State state;
  state.pts = 1;
  state.seq = 1;
  state.date = static_cast<std::int32_t>(request.scene.now());
  return state;
}

Answer getPinnedDialogs(Request& request, const api::messages::GetPinnedDialogs&) {
  api::messages::PeerDialogs none;
  none.state = stateOf(request);
  return answerWith(none);
}

}  // namespace

void addMessages(Router& router) {
  router.on<api::messages::GetHistory>(Access::UserOnly, getHistory);
  router.on<api::messages::GetMessages>(Access::Login, getMessages);
  router.on<api::messages::GetDialogs>(Access::UserOnly, getDialogs);
  router.on<api::messages::GetPinnedDialogs>(Access::UserOnly, getPinnedDialogs);
}

}  // namespace mtpool::sim
