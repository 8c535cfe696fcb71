// SPDX-License-Identifier: Apache-2.0
// Composes the text of a message with its entities, counting in UTF-16 units as Telegram does: one per
// character up to U+FFFF, two beyond. Text that would make it longer than the limit is left out whole, so a
// text never ends inside a character. (core.telegram.org/api/entities)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtpool::sim {

enum class EntityKind : std::uint8_t {
  Bold,
  Italic,
  Underline,
  Strike,
  Spoiler,
  Code,
  Pre,  // argument: language
  Url,
  TextUrl,  // argument: address
  Mention,
  MentionName,  // number: user id
  Hashtag,
  Cashtag,
  BotCommand,
  Email,
  Phone,
  CustomEmoji,  // number: document id
  Blockquote
};

inline constexpr int kEntityKinds = 18;

struct Entity {
  EntityKind kind = EntityKind::Bold;
  int offset = 0;  // UTF-16 units
  int length = 0;
  std::string argument;
  std::int64_t number = 0;

  friend bool operator==(const Entity&, const Entity&) = default;
};

/// Length of well-formed UTF-8 in UTF-16 units.
int utf16Units(std::string_view text);

class TextBuilder {
 public:
  explicit TextBuilder(int limit) : limit_(limit) {}

  /// False when it did not fit.
  bool say(std::string_view text);
  bool styled(EntityKind kind, std::string_view text, std::string argument = {}, std::int64_t number = 0);

  /// Marks what was said since a position; entities may lie inside one another.
  void markSince(int from, EntityKind kind, std::string argument = {});

  int units() const { return units_; }

  int left() const { return limit_ - units_; }

  std::string takeText() { return std::move(text_); }

  /// Sorted by offset, the outer one first, as Telegram sends them.
  std::vector<Entity> takeEntities();

 private:
  int limit_;
  int units_ = 0;
  std::string text_;
  std::vector<Entity> entities_;
};

}  // namespace mtpool::sim
