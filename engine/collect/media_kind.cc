// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/media_kind.h"

#include <array>
#include <utility>

#include "tl/api/ids.h"
#include "tl/api/views.h"

namespace mtpool::collect {

namespace ids = tl::api::id;

namespace {

struct Kind {
  std::uint32_t constructor;
  std::string_view name;
};

constexpr std::array kKinds{
    Kind{ids::kMessageMediaPhoto, "photo"},
    Kind{ids::kMessageMediaPoll, "poll"},
    Kind{ids::kMessageMediaWebPage, "web_page"},
    Kind{ids::kMessageMediaGeo, "geo"},
    Kind{ids::kMessageMediaGeoLive, "geo"},
    Kind{ids::kMessageMediaVenue, "venue"},
    Kind{ids::kMessageMediaContact, "contact"},
    Kind{ids::kMessageMediaDice, "dice"},
    Kind{ids::kMessageMediaGame, "game"},
    Kind{ids::kMessageMediaInvoice, "invoice"},
    Kind{ids::kMessageMediaStory, "story"},
    Kind{ids::kMessageMediaGiveaway, "giveaway"},
    Kind{ids::kMessageMediaGiveawayResults, "giveaway"},
    Kind{ids::kMessageMediaPaidMedia, "paid_media"},
    Kind{ids::kMessageMediaUnsupported, "unsupported"},
    Kind{ids::kMessageMediaToDo, "todo"},
};

// The rules of precedence: a sticker may be a video, an animation is a silent video, a voice note is audio.
std::string_view documentKind(const tl::BoxedView& media) {
  tl::Reader reader(media.bytes);
  tl::view::MessageMedia view;
  view.read(reader);
  if (!reader.ok() || !view.document) {
    return "document";
  }
  std::string_view kind = "document";
  for (const tl::view::DocumentAttribute& attribute : view.document->attributes) {
    switch (attribute.constructor) {
      case ids::kDocumentAttributeSticker:
      case ids::kDocumentAttributeCustomEmoji:
        return "sticker";
      case ids::kDocumentAttributeAnimated:
        kind = "animation";
        break;
      case ids::kDocumentAttributeVideo:
        kind = kind == "animation" ? kind : "video";
        break;
      case ids::kDocumentAttributeAudio:
        kind = attribute.voice ? "voice" : "audio";
        break;
      default:
        break;
    }
  }
  return kind;
}

}  // namespace

std::string_view mediaKind(const tl::BoxedView& media) {
  const std::uint32_t id = media.id();
  if (id == 0 || id == ids::kMessageMediaEmpty) {
    return {};
  }
  if (id == ids::kMessageMediaDocument) {
    return documentKind(media);
  }
  for (const Kind& kind : kKinds) {
    if (kind.constructor == id) {
      return kind.name;
    }
  }
  return "other";
}

}  // namespace mtpool::collect
