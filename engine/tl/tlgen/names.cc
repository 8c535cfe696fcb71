// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace mtpool::tlgen {
namespace {

constexpr std::array<std::string_view, 36> kTaken = {
    "auto",     "bool",   "break", "case",   "catch", "char",     "class",   "const",     "continue",
    "default",  "delete", "do",    "double", "else",  "enum",     "export",  "false",     "float",
    "for",      "friend", "int",   "long",   "new",   "operator", "private", "protected", "public",
    "register", "return", "short", "static", "this",  "true",     "union",   "virtual",   "void"};

constexpr std::array<std::string_view, 9> kOurs = {"decode", "encode", "encodeBare", "read",  "readBare",
                                                   "reader", "writer", "flags",      "flags2"};

std::string camel(std::string_view text, bool upper) {
  std::string out;
  for (const char c : text) {
    if (c == '_') {
      upper = true;
      continue;
    }
    const auto u = static_cast<unsigned char>(c);
    out += static_cast<char>(upper ? std::toupper(u) : out.empty() ? std::tolower(u) : u);
    upper = false;
  }
  return out;
}

std::string_view lastPart(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

std::string namespaceOf(std::string_view tlName) {
  const std::size_t dot = tlName.rfind('.');
  return dot == std::string_view::npos ? std::string() : std::string(tlName.substr(0, dot));
}

std::string structName(std::string_view tlName) {
  return camel(lastPart(tlName), true);
}

std::string fieldName(std::string_view tlName) {
  std::string name = camel(tlName, false);
  if (std::find(kTaken.begin(), kTaken.end(), name) != kTaken.end() ||
      std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end()) {
    name += '_';
  }
  return name;
}

std::string qualified(std::string_view tlName, std::string_view prefix) {
  const std::string space = namespaceOf(tlName);
  return fmt::format("{}{}{}{}", space, space.empty() ? "" : "::", prefix, structName(tlName));
}

std::string skipConstant(std::string_view tlName) {
  return fmt::format("k{}{}", camel(namespaceOf(tlName), true), structName(tlName));
}

}  // namespace mtpool::tlgen
