// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/text_builder.h"

#include <algorithm>

namespace mtpool::sim {

int utf16Units(std::string_view text) {
  int units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) {
      units += byte >= 0xF0 ? 2 : 1;
    }
  }
  return units;
}

bool TextBuilder::say(std::string_view text) {
  const int more = utf16Units(text);
  if (more > left()) {
    return false;
  }
  text_ += text;
  units_ += more;
  return true;
}

bool TextBuilder::styled(EntityKind kind, std::string_view text, std::string argument, std::int64_t number) {
  const int from = units_;
  if (text.empty() || !say(text)) {
    return false;
  }
  entities_.push_back({kind, from, units_ - from, std::move(argument), number});
  return true;
}

void TextBuilder::markSince(int from, EntityKind kind, std::string argument) {
  if (units_ > from) {
    entities_.push_back({kind, from, units_ - from, std::move(argument), 0});
  }
}

std::vector<Entity> TextBuilder::takeEntities() {
  std::stable_sort(entities_.begin(), entities_.end(), [](const Entity& a, const Entity& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.length > b.length;
  });
  return std::move(entities_);
}

}  // namespace mtpool::sim
