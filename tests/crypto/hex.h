// SPDX-License-Identifier: Apache-2.0
// Known answers are written as hexadecimal text; this turns them into bytes, or ends the test program.
#pragma once

#include <algorithm>

#include "engine/base/bytes.h"
#include "engine/base/check.h"

namespace mtpool::crypto {

inline Bytes hex(std::string_view text) {
  auto bytes = parseHex(text);
  MTP_CHECK(bytes.has_value());
  return *std::move(bytes);
}

template <std::size_t N>
std::array<Byte, N> hexArray(std::string_view text) {
  const Bytes bytes = hex(text);
  MTP_CHECK(bytes.size() == N);
  std::array<Byte, N> result;
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

/// first, first+1, … size bytes, wrapping at 256.
inline Bytes counting(std::size_t size, Byte first = 0) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<Byte>(first + i);
  }
  return bytes;
}

}  // namespace mtpool::crypto
