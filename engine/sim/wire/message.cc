// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/wire/message.h"

#include "engine/sim/wire/media.h"
#include "engine/sim/wire/peers.h"
#include "engine/sim/world/dice.h"
#include "engine/sim/world/prose.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

api::TypePeer userPeer(std::int64_t id) {
  api::PeerUser peer;
  peer.userId = id;
  return peer;
}

api::TypePeer peerOfChannel(std::int64_t id) {
  api::PeerChannel peer;
  peer.channelId = id;
  return peer;
}

template <class T>
T placed(const Entity& entity) {
  T result;
  result.offset = entity.offset;
  result.length = entity.length;
  return result;
}

api::TypeMessageEntity entityOf(const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::Bold:
      return placed<api::MessageEntityBold>(entity);
    case EntityKind::Italic:
      return placed<api::MessageEntityItalic>(entity);
    case EntityKind::Underline:
      return placed<api::MessageEntityUnderline>(entity);
    case EntityKind::Strike:
      return placed<api::MessageEntityStrike>(entity);
    case EntityKind::Spoiler:
      return placed<api::MessageEntitySpoiler>(entity);
    case EntityKind::Code:
      return placed<api::MessageEntityCode>(entity);
    case EntityKind::Pre: {
      auto pre = placed<api::MessageEntityPre>(entity);
      pre.language = entity.argument;
      return pre;
    }
    case EntityKind::Url:
      return placed<api::MessageEntityUrl>(entity);
    case EntityKind::TextUrl: {
      auto link = placed<api::MessageEntityTextUrl>(entity);
      link.url = entity.argument;
      return link;
    }
    case EntityKind::Mention:
      return placed<api::MessageEntityMention>(entity);
    case EntityKind::MentionName: {
      auto mention = placed<api::MessageEntityMentionName>(entity);
      mention.userId = entity.number;
      return mention;
    }
    case EntityKind::Hashtag:
      return placed<api::MessageEntityHashtag>(entity);
    case EntityKind::Cashtag:
      return placed<api::MessageEntityCashtag>(entity);
    case EntityKind::BotCommand:
      return placed<api::MessageEntityBotCommand>(entity);
    case EntityKind::Email:
      return placed<api::MessageEntityEmail>(entity);
    case EntityKind::Phone:
      return placed<api::MessageEntityPhone>(entity);
    case EntityKind::CustomEmoji: {
      auto emoji = placed<api::MessageEntityCustomEmoji>(entity);
      emoji.documentId = entity.number;
      return emoji;
    }
    case EntityKind::Blockquote: {
      auto quote = placed<api::MessageEntityBlockquote>(entity);
      quote.collapsed = !entity.argument.empty();
      return quote;
    }
  }
  return placed<api::MessageEntityUnknown>(entity);
}

api::TypeReaction reactionOf(const ReactionTally& tally) {
  switch (tally.kind) {
    case ReactionTally::Kind::Custom: {
      api::ReactionCustomEmoji custom;
      custom.documentId = tally.documentId;
      return custom;
    }
    case ReactionTally::Kind::Paid:
      return api::ReactionPaid{};
    case ReactionTally::Kind::Emoji:
      break;
  }
  api::ReactionEmoji emoji;
  emoji.emoticon = tally.emoji;
  return emoji;
}

api::MessageReactions reactionsOf(const Channel& channel, const Post& post) {
  api::MessageReactions reactions;
  reactions.canSeeList = channel.facts().megagroup;
  reactions.results.reserve(post.reactions.size());
  for (const ReactionTally& tally : post.reactions) {
    api::ReactionCount count;
    count.reaction = reactionOf(tally);
    count.count = tally.count;
    reactions.results.push_back(std::move(count));
  }
  return reactions;
}

api::MessageFwdHeader forwardOf(const Forward& forward) {
  api::MessageFwdHeader header;
  header.date = forward.date;
  switch (forward.from) {
    case Forward::From::User:
      header.fromId = userPeer(forward.id);
      break;
    case Forward::From::Channel:
      header.fromId = peerOfChannel(forward.id);
      header.channelPost = forward.channelPost;
      break;
    case Forward::From::Hidden:
      header.fromName = forward.hiddenName;
      break;
  }
  return header;
}

api::TypeMessageReplyHeader replyOf(std::int32_t id) {
  api::MessageReplyHeader header;
  header.replyToMsgId = id;
  return header;
}

api::MessageReplies threadOf(const Channel& channel, const Post& post) {
  api::MessageReplies replies;
  replies.replies = post.thread->count;
  replies.repliesPts = channel.pts();
  replies.comments = post.thread->comments;
  if (post.thread->comments) {
    replies.channelId = linkedGroupId(channel);
  }
  if (post.thread->count > 0) {
    replies.maxId = post.id + post.thread->count;
  }
  return replies;
}

std::optional<api::TypePeer> senderOf(const Channel& channel, const Post& post) {
  if (!channel.facts().megagroup) {
    return std::nullopt;
  }
  return post.senderId == 0 ? channelPeer(channel) : userPeer(post.senderId);
}

api::TypeMessageAction actionOf(const Channel& channel, const Post& post) {
  Dice dice(mix(post.decor, 5));
  switch (*post.service) {
    case ServiceKind::ChannelCreate: {
      api::MessageActionChannelCreate action;
      action.title = channel.facts().title;
      return action;
    }
    case ServiceKind::PinMessage:
      return api::MessageActionPinMessage{};
    case ServiceKind::EditTitle: {
      api::MessageActionChatEditTitle action;
      action.title = writeTitle(dice);
      return action;
    }
    case ServiceKind::EditPhoto: {
      api::MessageActionChatEditPhoto action;
      action.photo = photoOf(post.decor, post.date);
      return action;
    }
    case ServiceKind::DeletePhoto:
      return api::MessageActionChatDeletePhoto{};
    case ServiceKind::AddUser: {
      api::MessageActionChatAddUser action;
      action.users = {post.subjectId};
      return action;
    }
    case ServiceKind::JoinByLink: {
      api::MessageActionChatJoinedByLink action;
      action.inviterId = 0;
      return action;
    }
    case ServiceKind::JoinByRequest:
      return api::MessageActionChatJoinedByRequest{};
    case ServiceKind::DeleteUser: {
      api::MessageActionChatDeleteUser action;
      action.userId = post.subjectId;
      return action;
    }
    case ServiceKind::SetTtl: {
      api::MessageActionSetMessagesTTL action;
      action.period = 86'400 * dice.between(0, 30);
      return action;
    }
    case ServiceKind::BoostApply: {
      api::MessageActionBoostApply action;
      action.boosts = dice.between(1, 4);
      return action;
    }
  }
  return api::MessageActionEmpty{};
}

api::TypeMessage serviceOf(const Channel& channel, const Post& post) {
  api::MessageService message;
  message.post = !channel.facts().megagroup;
  message.silent = post.silent;
  message.id = post.id;
  message.fromId = senderOf(channel, post);
  message.peerId = channelPeer(channel);
  if (post.replyTo != 0) {
    message.replyTo = replyOf(post.replyTo);
  }
  message.date = post.date;
  message.action = actionOf(channel, post);
  return message;
}

void addOrigin(const Channel& channel, const Post& post, api::Message& message) {
  message.fromId = senderOf(channel, post);
  message.peerId = channelPeer(channel);
  if (post.forward) {
    message.fwdFrom = forwardOf(*post.forward);
  }
  if (post.viaBot != 0) {
    message.viaBotId = post.viaBot;
  }
  if (post.replyTo != 0) {
    message.replyTo = replyOf(post.replyTo);
  }
  if (!post.author.empty()) {
    message.postAuthor = post.author;
  }
}

}  // namespace

tl::api::TypePeer channelPeer(const Channel& channel) {
  return peerOfChannel(channel.facts().id);
}

tl::api::TypeMessage messageOf(const Channel& channel, const Post& post) {
  if (post.service) {
    return serviceOf(channel, post);
  }
  api::Message message;
  message.post = !channel.facts().megagroup;
  message.silent = post.silent;
  message.pinned = post.pinned;
  message.editHide = post.editHidden;
  message.id = post.id;
  message.date = post.date;
  addOrigin(channel, post, message);
  message.message = post.text;
  if (!post.entities.empty()) {
    auto& entities = message.entities.emplace();
    entities.reserve(post.entities.size());
    for (const Entity& entity : post.entities) {
      entities.push_back(entityOf(entity));
    }
  }
  message.media = mediaOf(channel, post);
  message.views = post.views;
  message.forwards = post.forwards;
  if (post.thread) {
    message.replies = threadOf(channel, post);
  }
  message.editDate = post.editDate;
  message.groupedId = post.groupedId;
  if (!post.reactions.empty()) {
    message.reactions = reactionsOf(channel, post);
  }
  if (post.ttlSeconds != 0) {
    message.ttlPeriod = post.ttlSeconds;
  }
  return message;
}

tl::api::TypeMessage emptyMessage(const Channel& channel, std::int32_t id) {
  api::MessageEmpty message;
  message.id = id;
  message.peerId = channelPeer(channel);
  return message;
}

}  // namespace mtpool::sim
