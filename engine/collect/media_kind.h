// SPDX-License-Identifier: Apache-2.0
// The words of the column media_kind. A document is told apart by its attributes, the way official apps show
// it.
#pragma once

#include <string_view>

#include "engine/tl/view.h"

namespace mtpool::collect {

/// Empty (NULL) without media. One of: photo, video, audio, voice, sticker, animation, document, poll,
/// web_page, geo, venue, contact, dice, game, invoice, story, giveaway, paid_media, unsupported, todo, other.
std::string_view mediaKind(const tl::BoxedView& media);

}  // namespace mtpool::collect
