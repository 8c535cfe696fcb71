// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/lexer.h"

#include <algorithm>
#include <cctype>

#include "engine/tl/tlgen/schema.h"

namespace mtpool::tlgen {
namespace {

bool isWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

int layerIn(std::string_view comment) {
  std::string lower(comment);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t word = lower.find("layer ");
  int layer = 0;
  if (word != std::string::npos) {
    for (std::size_t i = word + 6; i < lower.size() && lower[i] >= '0' && lower[i] <= '9' && layer < 100'000;
         ++i) {
      layer = layer * 10 + (lower[i] - '0');
    }
  }
  return layer;
}

}  // namespace

Result<Tokens> tokenize(const std::string& file, std::string_view text) {
  Tokens out;
  int line = 1;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    std::size_t end = i + 1;
    if (c == '\n') {
      ++line;
    } else if (text.substr(i, 2) == "//") {
      end = std::min(text.find('\n', i), text.size());
      if (out.layer == 0) {
        out.layer = layerIn(text.substr(i, end - i));
      }
    } else if (text.substr(i, 3) == "---") {
      end = std::min(text.find('\n', i), text.size());
      out.tokens.push_back({text.substr(i, end - i), line});
    } else if (isWordChar(c)) {
      while (end < text.size() && isWordChar(text[end])) {
        ++end;
      }
      out.tokens.push_back({text.substr(i, end - i), line});
    } else if (std::string_view("#:;=?<>{}!%").find(c) != std::string_view::npos) {
      out.tokens.push_back({text.substr(i, 1), line});
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      return at(file, line, std::string("character '") + c + "' has no meaning in TL");
    }
    i = end;
  }
  return out;
}

}  // namespace mtpool::tlgen
