// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/text.h"

#include "engine/base/text.h"

namespace mtpool::control::codec {

std::string outgoing(std::string_view text) {
  return cleanUtf8(text);
}

std::string withoutPasswords(std::string_view text) {
  std::string out;
  while (true) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) {
      break;
    }
    const auto start = scheme + 3;
    const auto end = text.find_first_of("/?#, \"'\t\n", start);
    const auto authority = text.substr(start, end == std::string_view::npos ? end : end - start);
    const auto at = authority.rfind('@');
    const auto colon = authority.find(':');
    if (at != std::string_view::npos && colon < at) {
      out += text.substr(0, start + colon + 1);
      out += "•••";
      text.remove_prefix(start + at);
    } else {
      out += text.substr(0, start);
      text.remove_prefix(start);
    }
  }
  out += text;
  return outgoing(out);
}

}  // namespace mtpool::control::codec
