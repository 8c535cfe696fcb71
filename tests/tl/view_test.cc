// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/view.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "tests/tl/sample.h"
#include "tl/api/ids.h"
#include "tl/api/message.h"
#include "tl/api/views.h"

namespace mtpool::tl {
namespace {

api::Message fullMessage() {
  api::Message message;
  message.post = true;
  message.editHide = true;
  message.id = 77;
  message.fromId = api::PeerUser{.userId = 6'000'000'001};
  message.peerId = api::PeerChannel{.channelId = 3'000'000'002};
  message.fwdFrom =
      api::MessageFwdHeader{.fromId = api::PeerChannel{.channelId = 9}, .date = 5, .channelPost = 12};
  message.viaBotId = 8;
  message.replyTo = api::MessageReplyHeader{.replyToMsgId = 70};
  message.date = 1'700'000'000;
  message.message = "Привет 👩‍👩‍👧";
  message.media = api::MessageMediaDice{.value = 3, .emoticon = "🎲"};
  message.entities.emplace().push_back(api::MessageEntityBold{.offset = 0, .length = 6});
  message.views = 1000;
  message.forwards = 0;
  message.replies = api::MessageReplies{.comments = true, .replies = 4};
  message.editDate = 1'700'000'009;
  message.groupedId = -5;
  auto& reactions = message.reactions.emplace();
  reactions.results.push_back(
      api::ReactionCount{.reaction = api::ReactionEmoji{.emoticon = "👍"}, .count = 3});
  reactions.results.push_back(api::ReactionCount{.reaction = api::ReactionPaid{}, .count = 1});
  return message;
}

TEST(MessageView, HoldsWhatTheFullStructHolds) {
  const Bytes bytes = serialize(fullMessage());
  const auto view = parseView<view::Message>(bytes);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->constructor, api::id::kMessage);
  EXPECT_TRUE(view->post);
  EXPECT_TRUE(view->editHide);
  EXPECT_FALSE(view->out);
  EXPECT_EQ(view->id, 77);
  EXPECT_EQ(view->fromId->constructor, api::id::kPeerUser);
  EXPECT_EQ(view->fromId->id, 6'000'000'001);
  EXPECT_EQ(view->peerId->id, 3'000'000'002);
  EXPECT_EQ(view->fwdFrom->fromId->id, 9);
  EXPECT_EQ(view->fwdFrom->channelPost, 12);
  EXPECT_EQ(view->viaBotId, 8);
  EXPECT_EQ(view->replyTo->replyToMsgId, 70);
  EXPECT_EQ(view->date, 1'700'000'000);
  EXPECT_EQ(view->text, "Привет 👩‍👩‍👧");
  EXPECT_EQ(view->media.id(), api::id::kMessageMediaDice);
  EXPECT_EQ(view->entities.size(), 1U);
  EXPECT_EQ(view->views, 1000);
  EXPECT_EQ(view->forwards, 0);
  EXPECT_EQ(view->replies->replies, 4);
  EXPECT_EQ(view->editDate, 1'700'000'009);
  EXPECT_EQ(view->groupedId, -5);
  EXPECT_EQ(view->ttlPeriod, std::nullopt);
}

TEST(MessageView, ListsReactionsWithTheirKind) {
  const Bytes bytes = serialize(fullMessage());
  const auto view = parseView<view::Message>(bytes);
  ASSERT_TRUE(view.ok());
  std::string seen;
  for (const view::ReactionCount& reaction : view->reactions->results) {
    seen += reaction.reaction.constructor == api::id::kReactionPaid
                ? "paid"
                : std::string(*reaction.reaction.emoticon);
    seen += std::to_string(reaction.count) + " ";
  }
  EXPECT_EQ(seen, "👍3 paid1 ");
}

TEST(PageView, WalksMessagesOfAllKinds) {
  api::messages::ChannelMessages page;
  page.pts = 5;
  page.count = 900;
  page.messages.push_back(fullMessage());
  page.messages.push_back(api::MessageEmpty{.id = 76});
  page.messages.push_back(api::MessageService{.id = 75,
                                              .peerId = api::PeerChannel{.channelId = 2},
                                              .replyTo = api::MessageReplyHeader{.replyToMsgId = 3},
                                              .action = api::MessageActionPinMessage{}});
  page.chats.push_back(
      api::Channel{.megagroup = true, .id = 2, .accessHash = 4, .title = "T", .username = "u"});
  const Bytes bytes = serialize(page);
  const auto view = parseView<view::messages::Messages>(bytes);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->pts, 5);
  EXPECT_EQ(view->count, 900);
  std::vector<std::int32_t> ids;
  std::uint32_t action = 0;
  for (const view::Message& message : view->messages) {
    ids.push_back(message.id);
    action = message.action.id();
  }
  EXPECT_EQ(ids, (std::vector<std::int32_t>{77, 76, 75}));
  EXPECT_EQ(action, api::id::kMessageActionPinMessage);
  const view::Chat chat = *view->chats.begin();
  EXPECT_TRUE(chat.megagroup);
  EXPECT_EQ(chat.accessHash, 4);
  EXPECT_EQ(chat.username, "u");
}

TEST(PageView, AgreesWithTheStructsOnSamples) {
  for (const std::uint32_t id :
       {api::id::messages::kMessages, api::id::messages::kMessagesSlice, api::id::messages::kChannelMessages,
        api::id::messages::kMessagesNotModified}) {
    for (std::uint64_t seed = 1; seed < 40; ++seed) {
      const Bytes bytes = Sampler(seed, true).object(id);
      const auto view = parseView<view::messages::Messages>(bytes);
      ASSERT_TRUE(view.ok()) << id << " seed " << seed << ": " << view.error().text();
      const auto full = parse<api::messages::TypeMessages>(bytes);
      ASSERT_TRUE(full.ok());
      if (const auto* channel = full->as<api::messages::ChannelMessages>()) {
        EXPECT_EQ(view->pts, channel->pts);
        ASSERT_EQ(view->messages.size(), channel->messages.size());
        auto next = channel->messages.begin();
        for (const view::Message& message : view->messages) {
          EXPECT_EQ(message.constructor, (next++)->id());
        }
      }
    }
  }
}

TEST(PageView, RefusesEveryTruncation) {
  const Bytes bytes = Sampler(9).object(api::id::messages::kChannelMessages);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(parseView<view::messages::Messages>(cut).ok()) << size;
  }
}

}  // namespace
}  // namespace mtpool::tl
