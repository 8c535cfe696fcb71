// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/services/serving.h"

#include "engine/sim/wire/message.h"

namespace mtpool::sim {

ServedMessages serve(Request& request, const Channel& channel, const std::vector<std::int32_t>& ids) {
  Scene& scene = request.scene;
  ServedMessages served;
  served.messages.reserve(ids.size());
  const std::string client = scene.ledger ? request.key.client.text() : std::string();
  const std::int32_t oldest = channel.ids().count() > 0 ? channel.ids().at(0) : 0;
  std::int64_t count = 0;
  for (const std::int32_t id : ids) {
    if (!channel.ids().exists(id)) {
      served.messages.push_back(emptyMessage(channel, id));
      continue;
    }
    const Post post = scene.world.post(channel, id);
    served.messages.push_back(messageOf(channel, post));
    served.mentioned.add(channel, post);
    ++count;
    if (scene.ledger) {
      scene.ledger->served(channel, post, request.dc, client);
      if (id == oldest) {
        scene.ledger->reachedEnd(channel);
      }
    }
  }
  scene.report.messages(count);
  return served;
}

tl::api::messages::ChannelMessages channelMessages(Request& request, const Channel& channel,
                                                   ServedMessages served) {
  tl::api::messages::ChannelMessages page;
  page.pts = channel.pts();
  page.count = channel.ids().count();
  page.messages = std::move(served.messages);
  page.chats = served.mentioned.chats(request.scene.world, request.viewer());
  page.users = served.mentioned.users(request.scene.world, request.viewer());
  return page;
}

}  // namespace mtpool::sim
