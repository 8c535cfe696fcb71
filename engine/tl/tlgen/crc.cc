// SPDX-License-Identifier: Apache-2.0
// A constructor id is the CRC32 of its declaration in a normal form (protocol digest:
// core.telegram.org/mtproto/TL). The id in the schema is what counts on the wire; the sum tells typing errors
// in the file from real ids.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/tl/tlgen/schema.h"

namespace mtpool::tlgen {
namespace {

/// Declared by Telegram with ids that never matched their text.
constexpr std::array<std::string_view, 5> kKnownExceptions = {
    "ipPortSecret", "accessPointRule", "help.configSimple", "inputPeerPhotoFileLocationLegacy",
    "inputStickerSetThumbLegacy"};

std::uint32_t crc32(std::string_view text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~crc;
}

/// bytes counts as string, but not as the element of a vector.
std::string normal(const Type& type, bool element = false) {
  switch (type.kind) {
    case Kind::Int:
      return "int";
    case Kind::Nat:
      return "#";
    case Kind::Long:
      return "long";
    case Kind::Double:
      return "double";
    case Kind::Int128:
      return "int128";
    case Kind::Int256:
      return "int256";
    case Kind::String:
      return "string";
    case Kind::Bytes:
      return element ? "bytes" : "string";
    case Kind::Bool:
      return "Bool";
    case Kind::True:
      return "true";
    case Kind::Boxed:
    case Kind::Bare:
      return type.name;
    case Kind::Vector:
      return "Vector " + normal(type.element[0], true);
    case Kind::BareVector:
      return "vector " + normal(type.element[0], true);
    case Kind::Query:
      return "!" + type.name;
  }
  return {};
}

std::string normal(const Combinator& c) {
  std::string text = c.name;
  if (c.generic) {
    text += " X:Type";
  }
  for (const Field& field : c.fields) {
    if (field.type.kind == Kind::True) {
      continue;
    }
    text += " " + field.name + ":";
    if (field.condition) {
      text += fmt::format("{}.{}?", field.condition->word, field.condition->bit);
    }
    text += normal(field.type);
  }
  return text + " = " + normal(c.result);
}

}  // namespace

Result<void> checkIds(const Schema& schema) {
  for (const Combinator& c : schema.combinators) {
    const std::uint32_t computed = crc32(normal(c));
    const bool excused =
        std::find(kKnownExceptions.begin(), kKnownExceptions.end(), c.name) != kKnownExceptions.end();
    if (computed != c.id && !excused) {
      return at(schema.file, c.line,
                fmt::format(
                    "'{}' has id {:08x}, but its declaration gives {:08x}: a typing error in the line, or an "
                    "id to excuse in crc.cc",
                    c.name, c.id, computed));
    }
  }
  return {};
}

}  // namespace mtpool::tlgen
