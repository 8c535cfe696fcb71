// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/post.h"

#include <array>

namespace mtpool::sim {

std::string_view name(MediaKind kind) {
  static constexpr std::array<std::string_view, kMediaKinds> kNames{
      "",         "photo",   "video",    "audio",    "voice",      "sticker",     "animation",
      "document", "poll",    "web_page", "geo",      "venue",      "contact",     "dice",
      "game",     "invoice", "story",    "giveaway", "paid_media", "unsupported", "todo"};
  return kNames.at(static_cast<std::size_t>(kind));
}

}  // namespace mtpool::sim
