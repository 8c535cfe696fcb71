// SPDX-License-Identifier: Apache-2.0
// The title of a chat as it is stored. Telegram lets titles have 128 characters, but nothing on the wire
// does.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/base/text.h"

namespace mtpool::collect {

inline constexpr std::size_t kLongestTitle = 512;  // bytes: 128 characters of four

/// Clean UTF-8, cut between two characters.
inline std::string chatTitle(std::string_view text) {
  std::string title = cleanUtf8(text.substr(0, kLongestTitle + 4));
  std::size_t end = std::min(title.size(), kLongestTitle);
  while (end > 0 && end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  title.resize(end);
  return title;
}

}  // namespace mtpool::collect
