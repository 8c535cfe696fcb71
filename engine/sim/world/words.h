// SPDX-License-Identifier: Apache-2.0
// The words of which the world's messages are made. Sentences follow one plan in both languages (who · does ·
// what · where), with present-tense verbs, so that every combination reads as a sentence.
#pragma once

#include <span>
#include <string_view>

namespace mtpool::sim {

using WordList = std::span<const std::string_view>;

struct Language {
  WordList openings;  // "Today", with the space or comma that follows
  WordList who;
  WordList does;
  WordList what;
  WordList where;
  WordList remarks;  // whole short answers of a chat
  WordList tags;     // hash tags without #
  WordList titles;   // two- or three-word headings
};

const Language& russian();
const Language& english();

/// Right-to-left remarks (Arabic and Hebrew).
WordList rightToLeft();
/// Emoji of every make: plain, with a skin tone, joined by ZWJ, flags, keycaps, with a variation selector.
WordList emoji();
/// Emoji that people react with.
WordList reactionEmoji();

WordList firstNames();
WordList lastNames();
WordList cities();

}  // namespace mtpool::sim
