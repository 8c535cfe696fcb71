// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/wire/media.h"

#include <fmt/format.h>

#include "engine/sim/world/dice.h"
#include "engine/sim/world/person.h"
#include "engine/sim/world/prose.h"
#include "engine/sim/world/words.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

Bytes noise(Dice& dice, std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<Byte>(dice.next());
  }
  return bytes;
}

// What Telegram's references look like: a kind, the channel's and the message's number, then random bytes.
Bytes fileReference(Dice& dice) {
  return noise(dice, dice.oneIn(3) ? 37 : 29);
}

api::TypePhotoSize sized(const char* type, std::int32_t w, std::int32_t h, std::int32_t bytes) {
  api::PhotoSize size;
  size.type = type;
  size.w = w;
  size.h = h;
  size.size = bytes;
  return size;
}

api::TypePhotoSize stripped(Dice& dice) {
  api::PhotoStrippedSize size;
  size.type = "i";
  size.bytes = noise(dice, 200 + dice.below(160));
  return size;
}

api::TypePhotoSize progressive(std::int32_t w, std::int32_t h, std::int32_t bytes) {
  api::PhotoSizeProgressive size;
  size.type = "y";
  size.w = w;
  size.h = h;
  size.sizes = {bytes / 9, bytes / 4, bytes / 3, bytes / 2, bytes};
  return size;
}

api::TypeInputStickerSet stickerSet(Dice& dice) {
  api::InputStickerSetID set;
  set.id = dice.positive64();
  set.accessHash = dice.positive64();
  return set;
}

api::DocumentAttributeFilename fileName(std::string name) {
  api::DocumentAttributeFilename attribute;
  attribute.fileName = std::move(name);
  return attribute;
}

api::DocumentAttributeVideo videoAttribute(Dice& dice) {
  api::DocumentAttributeVideo attribute;
  attribute.supportsStreaming = true;
  attribute.duration = dice.between(3, 5400) + 0.25;
  attribute.w = 1280;
  attribute.h = 720;
  return attribute;
}

api::DocumentAttributeAudio audioAttribute(Dice& dice, bool voice) {
  api::DocumentAttributeAudio attribute;
  attribute.voice = voice;
  attribute.duration = dice.between(1, 600);
  if (voice) {
    attribute.waveform = noise(dice, 63);
  } else {
    attribute.title = writeTitle(dice);
    attribute.performer = std::string(dice.pick(lastNames()));
  }
  return attribute;
}

void describeSticker(Dice& dice, api::Document& document) {
  document.mimeType = dice.oneIn(2) ? "image/webp" : "application/x-tgsticker";
  document.size = dice.between(8'000, 60'000);
  api::DocumentAttributeImageSize image;
  image.w = image.h = 512;
  document.attributes.emplace_back(image);
  api::DocumentAttributeSticker sticker;
  sticker.alt = dice.pick(emoji());
  sticker.stickerset = stickerSet(dice);
  document.attributes.emplace_back(std::move(sticker));
}

api::Document documentOf(Dice& dice, MediaKind kind, std::int32_t date) {
  api::Document document;
  document.id = dice.positive64();
  document.accessHash = dice.positive64();
  document.fileReference = fileReference(dice);
  document.date = date;
  document.dcId = dice.between(1, 5);
  // One file in eight is beyond 4 GiB, as Telegram allows.
  document.size = dice.oneIn(8) ? 4'400'000'000 + dice.below(10'000'000) : dice.between(20'000, 90'000'000);
  switch (kind) {
    case MediaKind::Video:
      document.mimeType = "video/mp4";
      document.attributes.emplace_back(videoAttribute(dice));
      document.thumbs.emplace().push_back(stripped(dice));
      document.thumbs->push_back(sized("m", 320, 180, dice.between(4'000, 20'000)));
      break;
    case MediaKind::Animation:
      document.mimeType = "video/mp4";
      document.size = dice.between(40'000, 2'000'000);
      document.attributes.emplace_back(videoAttribute(dice));
      document.attributes.emplace_back(api::DocumentAttributeAnimated{});
      document.attributes.emplace_back(fileName("animation.gif.mp4"));
      break;
    case MediaKind::Audio:
    case MediaKind::Voice:
      document.mimeType = kind == MediaKind::Voice ? "audio/ogg" : "audio/mpeg";
      document.size = dice.between(20'000, 9'000'000);
      document.attributes.emplace_back(audioAttribute(dice, kind == MediaKind::Voice));
      break;
    case MediaKind::Sticker:
      describeSticker(dice, document);
      break;
    default:
      document.mimeType = "application/pdf";
      document.attributes.emplace_back(fileName(fmt::format("отчёт-{}.pdf", dice.below(900))));
      break;
  }
  return document;
}

api::TypeMessageMedia documentMedia(Dice& dice, const Post& post) {
  api::MessageMediaDocument media;
  media.document = api::TypeDocument(documentOf(dice, post.media, post.date));
  media.spoiler = post.spoiler;
  media.video = post.media == MediaKind::Video;
  media.voice = post.media == MediaKind::Voice;
  return media;
}

api::TypeMessageMedia photoMedia(const Post& post) {
  api::MessageMediaPhoto media;
  media.photo = api::TypePhoto(photoOf(post.decor, post.date));
  media.spoiler = post.spoiler;
  return media;
}

api::TextWithEntities plain(std::string text) {
  api::TextWithEntities result;
  result.text = std::move(text);
  return result;
}

api::TypeMessageMedia pollMedia(Dice& dice, const Post& post) {
  api::MessageMediaPoll media;
  media.poll->id = dice.positive64();
  media.poll->question = plain(writeTitle(dice) + "?");
  media.poll->quiz = dice.oneIn(4);
  media.poll->closed = dice.oneIn(3);
  media.poll->multipleChoice = !media.poll->quiz && dice.oneIn(4);
  media.poll->hash = dice.positive64();
  media.results->results.emplace();
  std::int32_t total = 0;
  const int answers = dice.between(2, 10);
  for (int i = 0; i < answers; ++i) {
    api::PollAnswer answer;
    answer.text = plain(fmt::format("{} {}", i + 1, writeTitle(dice)));
    answer.option = {static_cast<Byte>('0' + i)};
    media.poll->answers.emplace_back(std::move(answer));
    api::PollAnswerVoters voters;
    voters.option = {static_cast<Byte>('0' + i)};
    voters.voters = dice.between(0, 400);
    voters.correct = media.poll->quiz && i == 0;
    total += *voters.voters;
    media.results->results->push_back(std::move(voters));
  }
  media.results->totalVoters = total;
  if (media.poll->closed) {
    media.poll->closeDate = post.date + 86'400;
  }
  return media;
}

api::TypeMessageMedia webPageMedia(Dice& dice, const Post& post) {
  api::MessageMediaWebPage media;
  media.forceLargeMedia = dice.oneIn(5);
  api::WebPage page;
  page.id = dice.positive64();
  page.url = fmt::format("https://quay.example/{}", post.id);
  page.displayUrl = fmt::format("quay.example/{}", post.id);
  page.type = "article";
  page.siteName = "Quay";
  page.title = writeTitle(dice);
  TextBuilder description(300);
  writeRemark(dice, description);
  page.description = description.takeText();
  if (dice.oneIn(2)) {
    page.photo = api::TypePhoto(photoOf(dice.next(), post.date));
  }
  media.webpage = std::move(page);
  return media;
}

api::TypeGeoPoint point(Dice& dice) {
  api::GeoPoint geo;
  geo.long_ = dice.between(-179, 179) + 0.125;
  geo.lat = dice.between(-80, 80) + 0.5;
  geo.accessHash = dice.positive64();
  return geo;
}

api::TypeMessageMedia venueMedia(Dice& dice) {
  api::MessageMediaVenue media;
  media.geo = point(dice);
  media.title = writeTitle(dice);
  media.address = fmt::format("{}, {}", dice.pick(cities()), dice.between(1, 200));
  media.provider = "foursquare";
  media.venueId = fmt::format("{:024x}", dice.next());
  media.venueType = "building/pier";
  return media;
}

api::TypeMessageMedia geoMedia(Dice& dice) {
  if (dice.oneIn(4)) {
    api::MessageMediaGeoLive media;
    media.geo = point(dice);
    media.heading = dice.between(1, 360);
    media.period = 3600;
    return media;
  }
  api::MessageMediaGeo media;
  media.geo = point(dice);
  return media;
}

api::TypeMessageMedia contactMedia(Dice& dice) {
  api::MessageMediaContact media;
  media.phoneNumber = fmt::format("99966{:05}", dice.below(100'000));
  media.firstName = dice.pick(firstNames());
  media.lastName = dice.pick(lastNames());
  return media;
}

api::TypeMessageMedia diceMedia(Dice& dice) {
  api::MessageMediaDice media;
  media.value = dice.between(1, 6);
  media.emoticon = dice.oneIn(2) ? "🎲" : "🎯";
  return media;
}

api::TypeMessageMedia gameMedia(Dice& dice, const Post& post) {
  api::MessageMediaGame media;
  media.game.id = dice.positive64();
  media.game.accessHash = dice.positive64();
  media.game.shortName = "tides";
  media.game.title = "Tides";
  media.game.description = writeTitle(dice);
  media.game.photo = photoOf(dice.next(), post.date);
  return media;
}

api::TypeMessageMedia invoiceMedia(Dice& dice) {
  api::MessageMediaInvoice media;
  media.title = writeTitle(dice);
  media.description = writeTitle(dice);
  media.currency = "XTR";
  media.totalAmount = dice.between(1, 5000);
  media.startParam = "ticket";
  return media;
}

api::TypePeer channelPeer(std::int64_t id) {
  api::PeerChannel peer;
  peer.channelId = id;
  return peer;
}

api::TypeMessageMedia storyMedia(Dice& dice, const Channel& channel) {
  api::MessageMediaStory media;
  media.peer = channelPeer(channel.facts().id);
  media.id = dice.between(1, 4000);
  return media;
}

api::TypeMessageMedia giveawayMedia(Dice& dice, const Channel& channel, const Post& post) {
  api::MessageMediaGiveaway media;
  media.channels = {channel.facts().id};
  media.quantity = dice.between(1, 50);
  media.months = 3;
  media.untilDate = post.date + 86'400 * 7;
  return media;
}

api::TypeMessageMedia paidMedia(Dice& dice) {
  api::MessageMediaPaidMedia media;
  media.starsAmount = dice.between(1, 500);
  api::MessageExtendedMediaPreview preview;
  preview.w = 800;
  preview.h = 600;
  preview.thumb = stripped(dice);
  media.extendedMedia.emplace_back(std::move(preview));
  return media;
}

api::TypeMessageMedia todoMedia(Dice& dice) {
  api::MessageMediaToDo media;
  media.todo.title = plain(writeTitle(dice));
  const int items = dice.between(2, 6);
  for (int i = 1; i <= items; ++i) {
    api::TodoItem item;
    item.id = i;
    item.title = plain(writeTitle(dice));
    media.todo.list.push_back(std::move(item));
  }
  return media;
}

}  // namespace

tl::api::Photo photoOf(std::uint64_t decor, std::int32_t date) {
  Dice dice(mix(decor, 3));
  api::Photo photo;
  photo.id = dice.positive64();
  photo.accessHash = dice.positive64();
  photo.fileReference = fileReference(dice);
  photo.date = date;
  photo.dcId = dice.between(1, 5);
  photo.sizes.push_back(stripped(dice));
  photo.sizes.push_back(sized("m", 320, 240, dice.between(9'000, 30'000)));
  photo.sizes.push_back(sized("x", 800, 600, dice.between(40'000, 120'000)));
  photo.sizes.push_back(progressive(1280, 960, dice.between(120'000, 400'000)));
  return photo;
}

std::optional<tl::api::TypeMessageMedia> mediaOf(const Channel& channel, const Post& post) {
  Dice dice(mix(post.decor, 4));
  switch (post.media) {
    case MediaKind::None:
      return std::nullopt;
    case MediaKind::Photo:
      return photoMedia(post);
    case MediaKind::Video:
    case MediaKind::Audio:
    case MediaKind::Voice:
    case MediaKind::Sticker:
    case MediaKind::Animation:
    case MediaKind::Document:
      return documentMedia(dice, post);
    case MediaKind::Poll:
      return pollMedia(dice, post);
    case MediaKind::WebPage:
      return webPageMedia(dice, post);
    case MediaKind::Geo:
      return geoMedia(dice);
    case MediaKind::Venue:
      return venueMedia(dice);
    case MediaKind::Contact:
      return contactMedia(dice);
    case MediaKind::Dice:
      return diceMedia(dice);
    case MediaKind::Game:
      return gameMedia(dice, post);
    case MediaKind::Invoice:
      return invoiceMedia(dice);
    case MediaKind::Story:
      return storyMedia(dice, channel);
    case MediaKind::Giveaway:
      return giveawayMedia(dice, channel, post);
    case MediaKind::PaidMedia:
      return paidMedia(dice);
    case MediaKind::Unsupported:
      return api::TypeMessageMedia(api::MessageMediaUnsupported{});
    case MediaKind::Todo:
      return todoMedia(dice);
  }
  return std::nullopt;
}

}  // namespace mtpool::sim
