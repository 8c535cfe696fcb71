// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/harmless.h"

#include <fmt/format.h>

#include <cstdint>

#include "engine/base/text.h"

namespace mtpool::cli {

namespace {

// C1 and DEL; the marks, embeddings, overrides and isolates of UAX #9; the two line ends only Unicode knows.
bool isHostile(std::uint32_t c) {
  return (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The first of valid UTF-8.
Character firstOf(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  Character out;
  out.bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  out.code = out.bytes == 1 ? lead : lead & (0x7FU >> out.bytes);
  for (std::size_t i = 1; i < out.bytes; ++i) {
    out.code = out.code << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return out;
}

// `shown` is what stands in the place of a character that is not harmless.
template <class Shown>
std::string replaced(std::string_view text, Shown shown) {
  const std::string clean = cleanUtf8(text);
  std::string_view rest = clean;
  std::string out;
  out.reserve(clean.size());
  while (!rest.empty()) {
    const Character c = firstOf(rest);
    out += isHostile(c.code) ? shown(c.code) : std::string(rest.substr(0, c.bytes));
    rest.remove_prefix(c.bytes);
  }
  return out;
}

}  // namespace

std::string withoutControls(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\t' || c == '\n') {
      plain += c;
    }
  }
  return replaced(plain, [](std::uint32_t /*code*/) { return std::string(); });
}

std::string escapedControls(std::string_view json) {
  return replaced(json, [](std::uint32_t code) { return fmt::format("\\u{:04x}", code); });
}

}  // namespace mtpool::cli
