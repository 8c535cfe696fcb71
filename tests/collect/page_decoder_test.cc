// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/page_decoder.h"

#include <gtest/gtest.h>

#include "engine/collect/chat_title.h"
#include "engine/tl/codec.h"
#include "tl/api/chat.h"
#include "tl/api/message.h"
#include "tl/api/message_parts.h"
#include "tl/api/peer.h"

namespace mtpool::collect {
namespace {

namespace api = tl::api;

constexpr std::int64_t kBare = 77;
constexpr model::ChatId kChat = model::ChatId::ofChannel(kBare);

api::PeerChannel channelPeer(std::int64_t id = kBare) {
  api::PeerChannel peer;
  peer.channelId = id;
  return peer;
}

api::Message messageOf(std::int32_t id, const std::string& text) {
  api::Message message;
  message.id = id;
  message.peerId = channelPeer();
  message.date = 1'700'000'000 + id;
  message.message = text;
  return message;
}

Bytes answerOf(std::vector<api::TypeMessage> messages, std::vector<api::TypeChat> chats = {}) {
  api::messages::ChannelMessages answer;
  answer.count = 500;
  answer.messages = std::move(messages);
  answer.chats = std::move(chats);
  return tl::serialize(answer);
}

DecodedPage decoded(Bytes raw) {
  auto page = decodePage(raw, kChat);
  EXPECT_TRUE(page.ok()) << (page.ok() ? "" : page.error().text());
  return page.ok() ? std::move(*page) : DecodedPage();
}

TEST(PageDecoder, MakesARowOfEveryMessageAndFactsOfEveryId) {
  api::MessageEmpty hole;
  hole.id = 8;
  const DecodedPage page = decoded(answerOf({messageOf(9, "nine"), hole, messageOf(7, "")}));
  ASSERT_EQ(page.page.rows.size(), 2U);
  EXPECT_EQ(page.page.rows[0].text, "nine");
  EXPECT_EQ(page.page.rows[0].chat, kChat);
  EXPECT_EQ(page.page.rows[0].date, 1'700'000'009);
  EXPECT_EQ(page.facts.ids, (std::vector<std::int64_t>{9, 8, 7}));
  EXPECT_EQ(page.facts.messages, 2);
  EXPECT_EQ(page.facts.count, 500);
}

TEST(PageDecoder, TellsAbsentFromZeroInEveryColumn) {
  api::Message plain = messageOf(2, "plain");
  api::Message full = messageOf(1, "full");
  full.views = 0;
  full.forwards = 3;
  full.editDate = 1'700'000'500;
  full.groupedId = 11;
  api::PeerUser author;
  author.userId = 5;
  full.fromId = author;
  const DecodedPage page = decoded(answerOf({plain, full}));
  ASSERT_EQ(page.page.rows.size(), 2U);
  const model::MessageRow& empty = page.page.rows[0];
  EXPECT_FALSE(empty.views || empty.forwards || empty.editDate || empty.groupedId || empty.senderId);
  const model::MessageRow& row = page.page.rows[1];
  EXPECT_EQ(row.views, 0);
  EXPECT_EQ(row.forwards, 3);
  EXPECT_EQ(row.editDate, 1'700'000'500);
  EXPECT_EQ(row.groupedId, 11);
  EXPECT_EQ(row.senderId, 5);
}

TEST(PageDecoder, CleansTextThatIsNoUtf8) {
  const DecodedPage page = decoded(answerOf({messageOf(1, std::string("a\0\xff", 3))}));
  ASSERT_EQ(page.page.rows.size(), 1U);
  EXPECT_EQ(page.page.rows[0].text, "a\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(PageDecoder, RefusesMessagesOfAnotherChat) {
  api::Message stranger = messageOf(1, "");
  stranger.peerId = channelPeer(78);
  Bytes raw = answerOf({stranger});
  EXPECT_EQ(decodePage(raw, kChat).error().code(), Errc::Malformed);
}

TEST(PageDecoder, LeavesWhatItCannotReadToTheCaller) {
  Bytes raw = answerOf({messageOf(1, "one")});
  raw[0] ^= 0x55U;  // another constructor
  const Bytes before = raw;
  EXPECT_EQ(decodePage(raw, kChat).error().code(), Errc::UnknownConstructor);
  EXPECT_EQ(raw, before);
  Bytes cut = answerOf({messageOf(1, "one")});
  cut.resize(cut.size() - 4);
  EXPECT_EQ(decodePage(cut, kChat).error().code(), Errc::Malformed);
  EXPECT_FALSE(cut.empty());
}

TEST(PageDecoder, TakesTheChatsOwnRowWithATitleOfBoundedSize) {
  api::Channel channel;
  channel.id = kBare;
  channel.megagroup = true;
  channel.username = "name";
  for (int i = 0; i < 1000; ++i) {
    channel.title += "ж";
  }
  const DecodedPage page = decoded(answerOf({messageOf(1, "")}, {channel}));
  ASSERT_TRUE(page.chat);
  EXPECT_EQ(page.chat->kind, "supergroup");
  EXPECT_EQ(page.chat->username, "name");
  EXPECT_EQ(page.chat->title.size(), kLongestTitle);
}

TEST(ChatTitle, IsCutBetweenCharacters) {
  std::string text = "x";
  for (int i = 0; i < 300; ++i) {
    text += "ж";
  }
  const std::string title = chatTitle(text);
  EXPECT_EQ(title.size(), kLongestTitle - 1);
  EXPECT_TRUE(isCleanUtf8(title));
  EXPECT_TRUE(text.starts_with(title));
}

TEST(ChatTitle, KeepsWhatFits) {
  EXPECT_EQ(chatTitle("Новости"), "Новости");
  EXPECT_EQ(chatTitle(""), "");
}

}  // namespace
}  // namespace mtpool::collect
