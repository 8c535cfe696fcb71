// SPDX-License-Identifier: Apache-2.0
// Writes what people write: short remarks of a chat, articles of a channel, with entities, emoji and links.
#pragma once

#include "engine/sim/world/dice.h"
#include "engine/sim/world/text_builder.h"

namespace mtpool::sim {

inline constexpr int kMessageLimit = 4096;  // UTF-16 units
inline constexpr int kCaptionLimit = 1024;

/// One to three sentences, some 90 bytes on average.
void writeRemark(Dice& dice, TextBuilder& out);

/// A heading, sentences, links and tags, some 550 bytes on average.
void writeArticle(Dice& dice, TextBuilder& out);

/// Exactly as long as the builder allows.
void fillUp(Dice& dice, TextBuilder& out);

/// A heading of a few words in either language.
std::string writeTitle(Dice& dice);

}  // namespace mtpool::sim
