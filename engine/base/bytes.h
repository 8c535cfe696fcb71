// SPDX-License-Identifier: Apache-2.0
// Byte sequences as the whole product passes them: views for reading, Bytes where someone owns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mtpool {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteView = std::span<const Byte>;
using MutableBytes = std::span<Byte>;

/// The bytes of a text, no copy. The view lives as long as the text.
inline ByteView viewOf(std::string_view text) {
  return {reinterpret_cast<const Byte*>(text.data()), text.size()};
}

/// The same bytes as characters, no copy.
inline std::string_view charsOf(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes toBytes(ByteView view) {
  return {view.begin(), view.end()};
}

inline void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// Lower-case hexadecimal, two digits a byte.
std::string toHex(ByteView bytes);

/// Accepts upper and lower case and ignores spaces and line ends; nothing else, and only whole bytes.
std::optional<Bytes> parseHex(std::string_view text);

/// Little-endian loads and stores at the start of a view; the caller has checked the size.
inline std::uint32_t loadLe32(const Byte* p) {
  return static_cast<std::uint32_t>(p[0]) | static_cast<std::uint32_t>(p[1]) << 8 |
         static_cast<std::uint32_t>(p[2]) << 16 | static_cast<std::uint32_t>(p[3]) << 24;
}

inline std::uint64_t loadLe64(const Byte* p) {
  return static_cast<std::uint64_t>(loadLe32(p)) | static_cast<std::uint64_t>(loadLe32(p + 4)) << 32;
}

inline void storeLe32(Byte* p, std::uint32_t v) {
  for (int i = 0; i < 4; ++i) {
    p[i] = static_cast<Byte>(v >> (8 * i));
  }
}

inline void storeLe64(Byte* p, std::uint64_t v) {
  storeLe32(p, static_cast<std::uint32_t>(v));
  storeLe32(p + 4, static_cast<std::uint32_t>(v >> 32));
}

}  // namespace mtpool
