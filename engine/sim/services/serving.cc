// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/services/serving.h"

#include "engine/mtproto/gzip_packed.h"
#include "engine/sim/wire/message.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kPackAbove = 512;

void record(Request& request, const Channel& channel, const Post& post) {
  Scene& scene = request.scene;
  scene.report.messages(1);
  if (!scene.ledger) {
    return;
  }
  scene.ledger->served(channel, post, request.dc, request.key.client.text());
  if (post.id == channel.ids().at(0)) {
    scene.ledger->reachedEnd(channel);
  }
}

}  // namespace

ServedMessages serve(Request& request, const Channel& channel, const std::vector<std::int32_t>& ids) {
  ServedMessages served;
  served.messages.reserve(ids.size());
  for (const std::int32_t id : ids) {
    if (!channel.ids().exists(id)) {
      served.messages.push_back(emptyMessage(channel, id));
      continue;
    }
    const Post post = request.scene.world.post(channel, id);
    served.messages.push_back(messageOf(channel, post));
    served.mentioned.add(channel, post);
    record(request, channel, post);
  }
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

Bytes servePage(Request& request, const Channel& channel, const std::vector<std::int32_t>& ids) {
  Scene& scene = request.scene;
  if (ids.empty()) {
    return tl::serialize(channelMessages(request, channel, {}));
  }
  const PageCache::Key key{request.viewer(), channel.facts().number, ids.front(), ids.back()};
  if (const Bytes* page = scene.pages.find(key)) {
    if (!scene.ledger) {
      scene.report.messages(static_cast<std::int64_t>(ids.size()));
    } else {
      for (const std::int32_t id : ids) {
        record(request, channel, scene.world.post(channel, id));
      }
    }
    return *page;
  }
  Bytes page = tl::serialize(channelMessages(request, channel, serve(request, channel, ids)));
  if (Bytes packed = mtproto::packedIfSmaller(page, kPackAbove); !packed.empty()) {
    page = std::move(packed);
  }
  scene.pages.put(key, page);
  return page;
}

}  // namespace mtpool::sim
