// SPDX-License-Identifier: Apache-2.0
// Appends TL-serialised data to a buffer that the caller owns and that outlives the writer. Always canonical:
// shortest length form, zero padding. Nothing can fail except memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/tl/reader.h"

namespace mtpool::tl {

class Writer {
 public:
  explicit Writer(Bytes& out) : out_(out) {}

  void int32(std::int32_t value) { uint32(static_cast<std::uint32_t>(value)); }

  void uint32(std::uint32_t value);

  void int64(std::int64_t value) { uint64(static_cast<std::uint64_t>(value)); }

  void uint64(std::uint64_t value);
  void float64(double value);

  void boolean(bool value) { uint32(value ? kBoolTrueId : kBoolFalseId); }

  /// At most kMaxStringSize bytes: what we send is ours, so more is a broken invariant.
  void bytes(ByteView value);

  void string(std::string_view value) { bytes(viewOf(value)); }

  /// Bytes that are TL already: int128, int256, a serialised object.
  void raw(ByteView value) { append(out_, value); }

  /// Start of a `Vector<T>`; the elements follow.
  void vectorHeader(std::size_t count);

  /// Start of a bare `vector<T>`.
  void vectorCount(std::size_t count);

 private:
  Bytes& out_;
};

}  // namespace mtpool::tl
