// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: as much of DER as RSA keys need. Reading is strict: one encoding per value,
// lengths and integers minimal, integers not negative.
#pragma once

#include <initializer_list>
#include <optional>

#include "engine/base/bytes.h"

namespace mtpool::crypto {

enum class DerTag : Byte { Integer = 0x02, BitString = 0x03, Null = 0x05, ObjectId = 0x06, Sequence = 0x30 };

/// Reads values one after the other; the bytes outlive the reader.
class DerReader {
 public:
  explicit DerReader(ByteView bytes) : rest_(bytes) {}

  /// The content of the next value, which must have this tag.
  std::optional<ByteView> take(DerTag tag);

  /// The next value as a number: big-endian without leading zeros, empty for zero.
  std::optional<ByteView> takeInteger();

  bool done() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

/// One value with this content.
Bytes derValue(DerTag tag, ByteView content);

/// A SEQUENCE of numbers, each given big-endian.
Bytes derIntegers(std::initializer_list<ByteView> numbers);

}  // namespace mtpool::crypto
