// SPDX-License-Identifier: Apache-2.0
// Every message of a world goes onto the wire and comes back saying what the ledger says of it.
#include <gtest/gtest.h>

#include "engine/sim/wire/message.h"
#include "engine/sim/wire/peers.h"
#include "engine/sim/world/world.h"
#include "engine/tl/codec.h"
#include "engine/tl/skip.h"

namespace mtpool::sim {
namespace {

namespace api = tl::api;

const World& world() {
  static const World kWorld = [] {
    WorldOptions options;
    options.seed = 20;
    options.channels = 3;
    options.messages = 1500;
    return World(options);
  }();
  return kWorld;
}

template <class Visit>
void forEachPost(Visit visit) {
  for (const Channel& channel : world().channels()) {
    for (std::int32_t rank = 0; rank < channel.ids().count(); ++rank) {
      visit(channel, world().post(channel, channel.ids().at(rank)));
    }
  }
}

std::string_view kindOf(const api::TypeMessageMedia& media);

std::string_view kindOf(const api::Document& document) {
  std::string_view kind = "document";
  for (const auto& attribute : document.attributes) {
    if (attribute.as<api::DocumentAttributeSticker>() != nullptr) {
      return "sticker";
    }
    if (attribute.as<api::DocumentAttributeAnimated>() != nullptr) {
      return "animation";
    }
    if (const auto* audio = attribute.as<api::DocumentAttributeAudio>()) {
      kind = audio->voice ? "voice" : "audio";
    } else if (attribute.as<api::DocumentAttributeVideo>() != nullptr) {
      kind = "video";
    }
  }
  return kind;
}

// The word a collector derives from the wire alone.
std::string_view kindOf(const api::TypeMessageMedia& media) {
  if (const auto* document = media.as<api::MessageMediaDocument>()) {
    return kindOf(*document->document->as<api::Document>());
  }
  const std::pair<std::uint32_t, std::string_view> kinds[] = {
      {api::MessageMediaPhoto::kId, "photo"},
      {api::MessageMediaPoll::kId, "poll"},
      {api::MessageMediaWebPage::kId, "web_page"},
      {api::MessageMediaGeo::kId, "geo"},
      {api::MessageMediaGeoLive::kId, "geo"},
      {api::MessageMediaVenue::kId, "venue"},
      {api::MessageMediaContact::kId, "contact"},
      {api::MessageMediaDice::kId, "dice"},
      {api::MessageMediaGame::kId, "game"},
      {api::MessageMediaInvoice::kId, "invoice"},
      {api::MessageMediaStory::kId, "story"},
      {api::MessageMediaGiveaway::kId, "giveaway"},
      {api::MessageMediaPaidMedia::kId, "paid_media"},
      {api::MessageMediaToDo::kId, "todo"},
      {api::MessageMediaUnsupported::kId, "unsupported"}};
  for (const auto& [id, kind] : kinds) {
    if (id == media.id()) {
      return kind;
    }
  }
  return "other";
}

TEST(Wire, CarriesEveryMessageWhole) {
  forEachPost([](const Channel& channel, const Post& post) {
    const Bytes bytes = tl::serialize(messageOf(channel, post));
    tl::Reader walker(bytes);
    tl::skipBoxed(walker);
    ASSERT_TRUE(walker.finish()) << post.id << ": " << walker.error().text();
    const auto back = tl::parse<api::TypeMessage>(bytes);
    ASSERT_TRUE(back) << post.id;
    if (post.service) {
      const auto* service = back->as<api::MessageService>();
      ASSERT_NE(service, nullptr);
      EXPECT_EQ(service->id, post.id);
      EXPECT_EQ(service->date, post.date);
      return;
    }
    const auto* message = back->as<api::Message>();
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->id, post.id);
    EXPECT_EQ(message->message, post.text);
    EXPECT_EQ(message->editDate, post.editDate);
    EXPECT_EQ(message->views, post.views);
    EXPECT_EQ(message->forwards, post.forwards);
    EXPECT_EQ(message->groupedId, post.groupedId);
    ASSERT_EQ(message->media.has_value(), post.media != MediaKind::None);
    if (message->media) {
      EXPECT_EQ(kindOf(*message->media), name(post.media)) << post.id;
    }
    EXPECT_EQ(message->entities ? message->entities->size() : 0, post.entities.size());
    EXPECT_EQ(message->reactions ? message->reactions->results.size() : 0, post.reactions.size());
  });
}

TEST(Wire, HasPagesOfTheSizesThatWereMeasured) {
  // CHAT 260 and CHANNEL 1000 bytes a message, within a third.
  for (const auto& [shape, expected] : {std::pair(Shape::Chat, 260.0), std::pair(Shape::Channel, 1000.0)}) {
    WorldOptions options;
    options.channels = 1;
    options.messages = 2000;
    options.shape = shape;
    const World shaped(options);
    const Channel& channel = shaped.channels()[0];
    std::size_t bytes = 0;
    for (std::int32_t rank = 0; rank < channel.ids().count(); ++rank) {
      bytes += tl::serialize(messageOf(channel, shaped.post(channel, channel.ids().at(rank)))).size();
    }
    const double each = static_cast<double>(bytes) / 2000;
    EXPECT_GT(each, expected * 0.67);
    EXPECT_LT(each, expected * 1.34);
  }
}

TEST(Wire, ListsEveryPeerThatAPostNames) {
  Post post;
  post.senderId = personId(1);
  post.subjectId = personId(2);
  post.viaBot = helperBotId(3);
  post.forward = Forward{Forward::From::User, personId(4), {}, 0, 0};
  post.entities.push_back({EntityKind::MentionName, 0, 1, {}, personId(5)});
  post.thread = CommentThread{true, 0};
  const Channel& channel = world().channels()[0];
  Mentioned mentioned;
  mentioned.add(channel, post);
  std::set<std::int64_t> users;
  for (const auto& user : mentioned.users(world(), 6'000'000'001)) {
    users.insert(user.as<api::User>()->id);
  }
  EXPECT_EQ(users,
            (std::set<std::int64_t>{personId(1), personId(2), helperBotId(3), personId(4), personId(5)}));
  std::set<std::int64_t> chats;
  for (const auto& chat : mentioned.chats(world(), 6'000'000'001)) {
    chats.insert(chat.as<api::Channel>()->id);
  }
  EXPECT_EQ(chats, (std::set<std::int64_t>{channel.facts().id, linkedGroupId(channel)}));
}

}  // namespace
}  // namespace mtpool::sim
