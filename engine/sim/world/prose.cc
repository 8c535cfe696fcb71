// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/prose.h"

#include <fmt/format.h>

#include "engine/sim/world/words.h"

namespace mtpool::sim {

namespace {

const Language& language(Dice& dice) {
  return dice.percent(65) ? russian() : english();
}

/// Upper case for the first letter of a sentence: ASCII, and Cyrillic а..я, which UTF-8 keeps in two bytes.
std::string capitalised(std::string_view words) {
  std::string text(words);
  const auto first = static_cast<unsigned char>(text.at(0));
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
  if (first >= 'a' && first <= 'z') {
    text[0] = static_cast<char>(first - 'a' + 'A');
  } else if (first == 0xD0 && second >= 0xB0) {
    text[1] = static_cast<char>(second - 0x20);
  } else if (first == 0xD1 && second >= 0x80 && second <= 0x8F) {
    text[0] = static_cast<char>(0xD0);
    text[1] = static_cast<char>(second + 0x20);
  }
  return text;
}

void sayEmoji(Dice& dice, TextBuilder& out) {
  const std::string_view sign = dice.pick(emoji());
  if (dice.oneIn(12)) {
    out.styled(EntityKind::CustomEmoji, sign, {}, dice.positive64());
  } else {
    out.say(sign);
  }
}

std::string address(Dice& dice, const char* scheme) {
  return fmt::format("{}quay-{}.example/{}/{}", scheme, dice.below(90), dice.below(3000), dice.below(100));
}

/// Something that Telegram marks by what it looks like.
void sayToken(Dice& dice, const Language& words, TextBuilder& out) {
  switch (dice.below(11)) {
    case 0:
    case 1:
      out.styled(EntityKind::Url, address(dice, "https://"));
      break;
    case 2:
      out.styled(EntityKind::TextUrl, dice.pick(words.titles), address(dice, "https://"));
      break;
    case 3:
      out.styled(EntityKind::Mention, fmt::format("@reader_{}", dice.below(100000)));
      break;
    case 4:
      out.styled(EntityKind::MentionName, dice.pick(firstNames()), {}, 6'500'000'000 + dice.below(4000));
      break;
    case 5:
    case 6:
      out.styled(EntityKind::Hashtag, fmt::format("#{}", dice.pick(words.tags)));
      break;
    case 7:
      out.styled(EntityKind::Email, fmt::format("desk{}@quay.example", dice.below(500)));
      break;
    case 8:
      out.styled(EntityKind::Phone, fmt::format("+99966{:05}", dice.below(100000)));
      break;
    case 9:
      out.styled(EntityKind::Cashtag, dice.oneIn(2) ? "$PORT" : "$TIDE");
      break;
    default:
      out.styled(EntityKind::BotCommand, dice.oneIn(2) ? "/status" : "/help@simhelper_bot");
      break;
  }
}

void sayPart(Dice& dice, std::string_view words, TextBuilder& out) {
  static constexpr EntityKind kStyles[] = {EntityKind::Bold,   EntityKind::Italic,  EntityKind::Underline,
                                           EntityKind::Strike, EntityKind::Spoiler, EntityKind::Code};
  if (dice.oneIn(14)) {
    out.styled(kStyles[dice.below(6)], words);
  } else {
    out.say(words);
  }
}

void saySentence(Dice& dice, const Language& words, TextBuilder& out) {
  if (dice.oneIn(2)) {
    out.say(dice.pick(words.openings));
    out.say(dice.pick(words.who));
  } else {
    out.say(capitalised(dice.pick(words.who)));
  }
  out.say(" ");
  out.say(dice.pick(words.does));
  out.say(" ");
  sayPart(dice, dice.pick(words.what), out);
  if (dice.percent(70)) {
    out.say(" ");
    sayPart(dice, dice.pick(words.where), out);
  }
  if (dice.percent(10)) {
    out.say(" ");
    out.say(std::to_string(dice.below(100000)));
  }
  out.say(dice.percent(85) ? "." : "!");
}

void sayParagraph(Dice& dice, const Language& words, TextBuilder& out) {
  const int from = out.units();
  for (int sentences = dice.between(1, 3); sentences > 0; --sentences) {
    saySentence(dice, words, out);
    if (sentences > 1) {
      out.say(" ");
    }
  }
  if (dice.oneIn(9)) {
    out.markSince(from, EntityKind::Blockquote, dice.oneIn(2) ? "collapsed" : "");
  }
}

}  // namespace

void writeRemark(Dice& dice, TextBuilder& out) {
  const Language& words = language(dice);
  const std::uint32_t kind = dice.below(100);
  if (kind < 3) {
    out.say(dice.pick(rightToLeft()));
    return;
  }
  if (kind < 8) {
    for (int signs = dice.between(1, 3); signs > 0; --signs) {
      sayEmoji(dice, out);
    }
    return;
  }
  if (kind < 40) {
    out.say(dice.oneIn(2) ? capitalised(dice.pick(words.remarks)) : std::string(dice.pick(words.remarks)));
  } else {
    for (int sentences = kind < 80 ? 1 : 2; sentences > 0; --sentences) {
      saySentence(dice, words, out);
      out.say(sentences > 1 ? " " : "");
    }
  }
  if (dice.percent(12)) {
    out.say(" ");
    sayToken(dice, words, out);
  }
  if (dice.percent(15)) {
    out.say(" ");
    sayEmoji(dice, out);
  }
}

void writeArticle(Dice& dice, TextBuilder& out) {
  const Language& words = language(dice);
  if (dice.percent(60)) {
    const int from = out.units();
    sayEmoji(dice, out);
    out.say(" ");
    out.say(dice.pick(words.titles));
    out.markSince(from, EntityKind::Bold);
    out.say("\n\n");
  }
  for (int paragraphs = dice.between(1, 5); paragraphs > 0; --paragraphs) {
    sayParagraph(dice, words, out);
    out.say(paragraphs > 1 ? "\n\n" : "");
  }
  if (dice.oneIn(25)) {
    out.say("\n");
    out.styled(EntityKind::Pre, "for (tide : tides) {\n\tlog << tide << \"\\n\";\n}", "cpp");
  }
  if (dice.percent(40)) {
    out.say("\n\n");
    for (int tokens = dice.between(1, 3); tokens > 0; --tokens) {
      sayToken(dice, words, out);
      out.say(tokens > 1 ? " " : "");
    }
  }
}

void fillUp(Dice& dice, TextBuilder& out) {
  const Language& words = language(dice);
  while (out.left() > 200) {
    sayParagraph(dice, words, out);
    out.say("\n");
  }
  out.say(std::string(static_cast<std::size_t>(out.left()), '.'));
}

std::string writeTitle(Dice& dice) {
  return std::string(dice.pick(language(dice).titles));
}

}  // namespace mtpool::sim
