// SPDX-License-Identifier: Apache-2.0
// updates.*: the world stands still, so there is a state and no difference. A channel's difference sends a
// client that knows an older state to the newest messages, as Telegram does after a long absence.
#include "tl/api/updates.h"

#include <algorithm>

#include "engine/sim/history.h"
#include "engine/sim/services/channel_access.h"
#include "engine/sim/services/router.h"
#include "engine/sim/services/serving.h"
#include "engine/sim/wire/message.h"
#include "tl/api/dialog.h"
#include "tl/api/message_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr std::int32_t kPollAgainAfter = 30;

Answer getState(Request& request, const api::updates::GetState&) {
  api::updates::State state;
  state.pts = 1;
  state.seq = 1;
  state.date = static_cast<std::int32_t>(request.scene.now());
  return answerWith(state);
}

Answer getDifference(Request& request, const api::updates::GetDifference& call) {
  if (call.pts <= 0) {
    return refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
  }
  api::updates::DifferenceEmpty none;
  none.date = static_cast<std::int32_t>(request.scene.now());
  none.seq = 1;
  return answerWith(none);
}

api::TypeDialog dialogOf(const Channel& channel) {
  api::Dialog dialog;
  dialog.peer = channelPeer(channel);
  dialog.topMessage = channel.ids().top();
  dialog.readInboxMaxId = dialog.topMessage;
  dialog.pts = channel.pts();
  return dialog;
}

Answer getChannelDifference(Request& request, const api::updates::GetChannelDifference& call) {
  const Channel* channel = namedChannel(request, call.channel);
  if (channel == nullptr) {
    return refuse(400, "CHANNEL_INVALID");
  }
  if (call.pts <= 0) {
    return refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
  }
  if (call.pts >= channel->pts()) {
    api::updates::ChannelDifferenceEmpty none;
    none.final = true;
    none.pts = channel->pts();
    none.timeout = kPollAgainAfter;
    return answerWith(none);
  }
  HistoryQuery newest;
  newest.limit = std::clamp(call.limit, 1, 100);
  ServedMessages served = serve(request, *channel, pageOf(*channel, newest).ids);
  api::updates::ChannelDifferenceTooLong tooLong;
  tooLong.final = true;
  tooLong.timeout = kPollAgainAfter;
  tooLong.dialog = dialogOf(*channel);
  tooLong.messages = std::move(served.messages);
  tooLong.chats = served.mentioned.chats(request.scene.world, request.viewer());
  tooLong.users = served.mentioned.users(request.scene.world, request.viewer());
  return answerWith(tooLong);
}

}  // namespace

void addUpdates(Router& router) {
  router.on<api::updates::GetState>(Access::Probe, getState);
  router.on<api::updates::GetDifference>(Access::Login, getDifference);
  router.on<api::updates::GetChannelDifference>(Access::Login, getChannelDifference);
}

}  // namespace mtpool::sim
