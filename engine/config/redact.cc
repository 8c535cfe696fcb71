// SPDX-License-Identifier: Apache-2.0
#include "engine/config/redact.h"

#include <array>

namespace mtpool::config {

namespace {

constexpr std::string_view kHidden = "•••";
constexpr std::string_view kEndOfUrl = ", \"'\t\n";

// The user part of "user:password@host", which begins `rest`; how much of `rest` it took.
std::size_t hideUserInfo(std::string_view rest, std::string& out) {
  const auto authority = rest.substr(0, rest.find_first_of("/?#, \"'\t\n"));
  const auto at = authority.rfind('@');
  const auto colon = authority.find(':');
  if (at == std::string_view::npos || colon >= at) {
    return 0;
  }
  out += rest.substr(0, colon + 1);
  out += kHidden;
  return at;
}

// "name=value" at the beginning of `rest`, if its name is one of a secret; how much of `rest` it took.
std::size_t hideParameter(std::string_view rest, std::string& out) {
  static constexpr std::array<std::string_view, 3> kNames{"password=", "pass=", "secret="};
  for (const auto name : kNames) {
    if (rest.starts_with(name)) {
      out += name;
      out += kHidden;
      const auto end = rest.find_first_of("&#, \"'\t\n");
      return end == std::string_view::npos ? rest.size() : end;
    }
  }
  return 0;
}

}  // namespace

std::string withoutPasswords(std::string_view text) {
  std::string out;
  bool inUrl = false;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("://")) {
      inUrl = true;
      out += "://";
      i += 3;
      i += hideUserInfo(text.substr(i), out);
      continue;
    }
    inUrl = inUrl && kEndOfUrl.find(text[i]) == std::string_view::npos;
    out += text[i];
    const bool beforeParameter = inUrl && (text[i] == '?' || text[i] == '&');
    ++i;
    i += beforeParameter ? hideParameter(text.substr(i), out) : 0;
  }
  return out;
}

}  // namespace mtpool::config
