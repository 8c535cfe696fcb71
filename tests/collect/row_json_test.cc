// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/row_json.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "tl/api/message.h"
#include "tl/api/message_parts.h"
#include "tl/api/peer.h"

namespace mtpool::collect {
namespace {

namespace api = tl::api;

/// A view with the bytes it looks into.
template <class View>
struct Seen {
  explicit Seen(Bytes bytes) : raw(std::move(bytes)) {
    tl::Reader reader(raw);
    view.read(reader);
    EXPECT_TRUE(reader.ok());
  }

  Bytes raw;
  View view;
};

api::ReactionCount countOf(api::TypeReaction reaction, std::int32_t count) {
  api::ReactionCount out;
  out.reaction = std::move(reaction);
  out.count = count;
  return out;
}

std::string reactionsOf(std::vector<api::ReactionCount> results) {
  api::MessageReactions reactions;
  reactions.results = std::move(results);
  const Seen<tl::view::MessageReactions> seen(tl::serialize(reactions));
  std::string out;
  return writeReactions(seen.view, out) ? out : "none";
}

std::string extraOf(const api::Message& message) {
  const Seen<tl::view::Message> seen(tl::serialize(message));
  std::string out;
  return writeExtra(seen.view, out) ? out : "none";
}

TEST(RowJson, CountsReactionsUnderTheirKeysInOrder) {
  api::ReactionEmoji thumb;
  thumb.emoticon = "👍";
  api::ReactionCustomEmoji custom;
  custom.documentId = 5368324170671202286;
  EXPECT_EQ(reactionsOf({countOf(thumb, 3), countOf(api::ReactionPaid(), 2), countOf(custom, 1)}),
            R"({"custom:5368324170671202286":1,"paid":2,"👍":3})");
}

TEST(RowJson, HasNothingToSayWithoutReactions) {
  EXPECT_EQ(reactionsOf({}), "none");
  EXPECT_EQ(reactionsOf({countOf(api::ReactionEmpty(), 4)}), "none");
}

TEST(RowJson, EscapesWhatAnEmojiMayHold) {
  api::ReactionEmoji hostile;
  hostile.emoticon = "\"\\\n";
  EXPECT_EQ(reactionsOf({countOf(hostile, 1)}), R"({"\"\\\n":1})");
}

TEST(RowJson, KeepsWhatHasNoColumnInAscendingOrder) {
  api::Message message;
  EXPECT_EQ(extraOf(message), "none");
  message.viaBotId = 9;
  message.pinned = true;
  message.postAuthor = "Anna";
  message.editHide = true;
  message.ttlPeriod = 60;
  message.silent = true;
  message.noforwards = true;
  EXPECT_EQ(extraOf(message), R"({"author":"Anna","edit_hidden":true,"no_forwards":true,"pinned":true,)"
                              R"("silent":true,"ttl":60,"via_bot_id":9})");
}

TEST(RowJson, NamesTheChatOfAReplyElsewhere) {
  api::PeerChat group;
  group.chatId = 12;
  api::MessageReplyHeader reply;
  reply.replyToPeerId = group;
  api::Message message;
  message.replyTo = reply;
  EXPECT_EQ(extraOf(message), R"({"reply_to_chat_id":-12})");
}

}  // namespace
}  // namespace mtpool::collect
