// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/post_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/sim/world/dice.h"
#include "engine/sim/world/person.h"
#include "engine/sim/world/prose.h"
#include "engine/sim/world/words.h"

namespace mtpool::sim {

namespace {

struct Share {
  MediaKind kind;
  std::uint32_t perMille;
};

// Of 1000 messages; the rest has no media. Kinds that are rare in life are kept common enough to occur in a
// channel of a few thousand messages.
constexpr Share kChatMedia[] = {
    {MediaKind::Photo, 50},    {MediaKind::Sticker, 35},   {MediaKind::WebPage, 25},
    {MediaKind::Video, 10},    {MediaKind::Voice, 10},     {MediaKind::Animation, 9},
    {MediaKind::Document, 8},  {MediaKind::Poll, 4},       {MediaKind::Audio, 3},
    {MediaKind::Geo, 3},       {MediaKind::Contact, 2},    {MediaKind::Venue, 2},
    {MediaKind::Dice, 2},      {MediaKind::Game, 1},       {MediaKind::Todo, 2},
    {MediaKind::Invoice, 1},   {MediaKind::Story, 2},      {MediaKind::Giveaway, 1},
    {MediaKind::PaidMedia, 1}, {MediaKind::Unsupported, 1}};
constexpr Share kChannelMedia[] = {
    {MediaKind::Photo, 560},   {MediaKind::WebPage, 80},   {MediaKind::Video, 50},
    {MediaKind::Document, 20}, {MediaKind::Poll, 12},      {MediaKind::Audio, 8},
    {MediaKind::Animation, 8}, {MediaKind::Voice, 4},      {MediaKind::Geo, 3},
    {MediaKind::Story, 3},     {MediaKind::Giveaway, 2},   {MediaKind::PaidMedia, 2},
    {MediaKind::Sticker, 4},   {MediaKind::Contact, 1},    {MediaKind::Venue, 1},
    {MediaKind::Dice, 1},      {MediaKind::Game, 1},       {MediaKind::Todo, 1},
    {MediaKind::Invoice, 1},   {MediaKind::Unsupported, 1}};

MediaKind drawMedia(Dice& dice, Shape shape) {
  std::uint32_t left = dice.below(1000);
  const auto draw = [&left](const auto& shares) {
    for (const Share& share : shares) {
      if (left < share.perMille) {
        return share.kind;
      }
      left -= share.perMille;
    }
    return MediaKind::None;
  };
  return shape == Shape::Chat ? draw(kChatMedia) : draw(kChannelMedia);
}

/// Whether Telegram lets words stand beside it.
bool takesCaption(MediaKind kind) {
  switch (kind) {
    case MediaKind::Photo:
    case MediaKind::Video:
    case MediaKind::Audio:
    case MediaKind::Voice:
    case MediaKind::Animation:
    case MediaKind::Document:
    case MediaKind::PaidMedia:
      return true;
    default:
      return false;
  }
}

void drawText(Dice& dice, const Channel& channel, Post& post) {
  const bool caption = takesCaption(post.media);
  if (post.media != MediaKind::None && post.media != MediaKind::WebPage && !caption) {
    return;
  }
  const bool first = channel.albumStart(post.id) == post.id;
  if (caption && (!first || dice.percent(channel.facts().shape == Shape::Chat ? 60 : 15))) {
    return;  // of an album, only the first part speaks
  }
  TextBuilder text(caption ? kCaptionLimit : kMessageLimit);
  if (dice.oneIn(caption ? 400 : 700)) {
    fillUp(dice, text);
  } else if (channel.facts().shape == Shape::Chat) {
    writeRemark(dice, text);
  } else {
    writeArticle(dice, text);
  }
  if (post.media == MediaKind::WebPage) {
    text.say("\n");
    text.styled(EntityKind::Url, fmt::format("https://quay.example/{}", post.id));
  }
  post.text = text.takeText();
  post.entities = text.takeEntities();
}

void drawReactions(Dice& dice, const Channel& channel, Post& post) {
  if (!dice.percent(channel.facts().shape == Shape::Chat ? 12 : 70)) {
    return;
  }
  const int kinds = channel.facts().shape == Shape::Chat ? dice.between(1, 2) : dice.between(2, 8);
  int count = dice.between(1, channel.facts().shape == Shape::Chat ? 9 : 2500);
  const std::uint32_t from = dice.below(100);
  for (int i = 0; i < kinds; ++i) {
    ReactionTally tally;
    tally.count = std::max(1, count);
    const auto list = reactionEmoji();
    tally.emoji = list[(from + static_cast<std::uint32_t>(i)) % list.size()];
    post.reactions.push_back(std::move(tally));
    count = count * 2 / 3;
  }
  if (dice.oneIn(9)) {
    post.reactions.push_back({ReactionTally::Kind::Custom, {}, dice.positive64(), dice.between(1, 40)});
  }
  if (!channel.facts().megagroup && dice.oneIn(25)) {
    // Paid reactions stand first, whatever their number.
    post.reactions.insert(post.reactions.begin(), {ReactionTally::Kind::Paid, {}, 0, dice.between(1, 500)});
  }
}

void drawForward(Dice& dice, Post& post) {
  Forward forward;
  forward.date = post.date - dice.between(60, 40'000'000);
  switch (dice.below(3)) {
    case 0:
      forward.from = Forward::From::User;
      forward.id = personId(dice.below(kPeople));
      break;
    case 1:
      forward.from = Forward::From::Channel;
      forward.id = 2'150'000'000 + dice.below(50'000'000);
      forward.channelPost = dice.between(1, 90'000);
      break;
    default:
      forward.from = Forward::From::Hidden;
      forward.hiddenName = dice.pick(firstNames());
      break;
  }
  post.forward = std::move(forward);
}

void drawCounters(Dice& dice, const Channel& channel, Post& post) {
  const bool passedOn = post.forward && post.forward->from == Forward::From::Channel;
  if (!channel.facts().megagroup) {
    post.views = dice.oneIn(200) ? 0 : dice.between(1, channel.facts().members * 2);
    post.forwards = dice.oneIn(3) ? 0 : dice.between(0, *post.views / 20);
    if (dice.percent(50)) {
      post.thread = CommentThread{true, dice.oneIn(4) ? 0 : dice.between(1, 900)};
    }
  } else {
    if (passedOn) {
      post.views = dice.between(1, 400'000);
      post.forwards = dice.between(0, 900);
    }
    if (dice.percent(6)) {
      post.thread = CommentThread{false, dice.between(1, 12)};
    }
  }
}

void drawEdit(Dice& dice, Post& post) {
  if (dice.percent(9)) {
    post.editDate = post.date + dice.between(5, 200'000);
    post.editHidden = false;
  } else if (!post.reactions.empty() && dice.percent(40)) {
    post.editDate = post.date + dice.between(5, 200'000);
    post.editHidden = true;
  }
}

ServiceKind drawService(Dice& dice, const Channel& channel) {
  static constexpr ServiceKind kOfGroups[] = {
      ServiceKind::PinMessage,    ServiceKind::AddUser,   ServiceKind::JoinByLink, ServiceKind::AddUser,
      ServiceKind::DeleteUser,    ServiceKind::EditTitle, ServiceKind::EditPhoto,  ServiceKind::SetTtl,
      ServiceKind::JoinByRequest, ServiceKind::BoostApply};
  static constexpr ServiceKind kOfChannels[] = {ServiceKind::PinMessage, ServiceKind::PinMessage,
                                                ServiceKind::EditTitle,  ServiceKind::EditPhoto,
                                                ServiceKind::SetTtl,     ServiceKind::DeletePhoto};
  return channel.facts().megagroup ? kOfGroups[dice.below(10)] : kOfChannels[dice.below(6)];
}

std::int32_t olderId(Dice& dice, std::int32_t id) {
  const std::int32_t reach = std::min(id - 1, dice.oneIn(5) ? 5000 : 30);
  return id - 1 - static_cast<std::int32_t>(dice.below(static_cast<std::uint32_t>(reach)));
}

void drawSender(Dice& dice, const Channel& channel, Post& post) {
  if (channel.facts().megagroup) {
    post.senderId = dice.oneIn(30) ? 0 : personId(dice.below(kPeople));  // 0: an anonymous administrator
  } else if (dice.oneIn(6)) {
    post.author = fmt::format("{} {}", dice.pick(firstNames()), dice.pick(lastNames()));
  }
}

void drawMessage(Dice& dice, const Channel& channel, Post& post) {
  if (channel.inAlbum(post.id)) {
    const std::int32_t start = channel.albumStart(post.id);
    post.groupedId =
        static_cast<std::int64_t>(mix(channel.facts().seed ^ 0x6409, static_cast<std::uint64_t>(start)) >> 1);
    post.media = dice.oneIn(4) ? MediaKind::Video : MediaKind::Photo;
    // All parts have one sender.
    Dice common(mix(channel.facts().seed ^ 0x5e4d, static_cast<std::uint64_t>(start)));
    drawSender(common, channel, post);
  } else {
    post.media = drawMedia(dice, channel.facts().shape);
    drawSender(dice, channel, post);
  }
  drawText(dice, channel, post);
  if (post.text.empty() && post.media == MediaKind::None) {
    post.text.assign(1, '+');
  }
  if (dice.percent(channel.facts().megagroup ? 30 : 4) && post.id > 1) {
    post.replyTo = olderId(dice, post.id);
  } else if (dice.percent(6)) {
    drawForward(dice, post);
  }
  drawReactions(dice, channel, post);
  drawCounters(dice, channel, post);
  drawEdit(dice, post);
  post.viaBot = dice.oneIn(150) ? helperBotId(dice.below(kHelperBots)) : 0;
  post.spoiler = (post.media == MediaKind::Photo || post.media == MediaKind::Video) && dice.oneIn(40);
  post.ttlSeconds = dice.oneIn(300) ? 86'400 * dice.between(1, 30) : 0;
  post.pinned = dice.oneIn(500);
  post.silent = dice.oneIn(50);
}

}  // namespace

Post writePost(const Channel& channel, std::int32_t id) {
  Dice dice(mix(channel.facts().seed ^ 0x90057, static_cast<std::uint64_t>(id)));
  Post post;
  post.id = id;
  post.date = channel.dateOf(id);
  post.decor = dice.next();
  if (id == 1) {
    post.service = ServiceKind::ChannelCreate;
  } else if (!channel.inAlbum(id) && dice.below(1000) < 12) {
    post.service = drawService(dice, channel);
    drawSender(dice, channel, post);
    post.author.clear();
    if (*post.service == ServiceKind::AddUser || *post.service == ServiceKind::DeleteUser) {
      post.subjectId = post.senderId == 0 ? personId(dice.below(kPeople)) : post.senderId;
    }
    if (*post.service == ServiceKind::PinMessage) {
      post.replyTo = olderId(dice, id);
    }
  } else {
    drawMessage(dice, channel, post);
  }
  return post;
}

}  // namespace mtpool::sim
