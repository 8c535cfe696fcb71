// SPDX-License-Identifier: Apache-2.0
// Walks over TL objects without building them: the only way to find where one ends, since TL carries no
// lengths.
//
// tlgen emits the tables for every constructor that an answer or update can contain; the walker knows nothing
// else. Depth, counts and total work are bounded by the Reader's budgets; an id outside the tables is
// UnknownConstructor.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/tl/raw.h"
#include "engine/tl/reader.h"

namespace mtpool::tl {

enum class SkipKind : std::uint8_t {
  Fixed,  // argument: bytes
  Flags,  // argument: which flags word this is
  String,
  Bool,
  Boxed,       // argument: type
  Bare,        // argument: constructor
  Vector,      // the next op is the element
  BareVector,  // the next op is the element
  Query        // everything that is left
};

/// One field; a field of type `true` takes no bytes and no op.
struct SkipOp {
  SkipKind kind;
  std::uint8_t condition;  // 0: always there; else 1 + 32 * flags word + bit
  std::uint16_t argument;
};

inline constexpr std::uint16_t kNoSkipType = 0xffff;

struct SkipConstructor {
  std::uint32_t id;
  std::uint16_t firstOp;
  std::uint16_t endOp;
  std::uint16_t type;  // kNoSkipType for methods: they stand nowhere as a value
};

/// Hash table over the ids: slot (id * multiplier) >> shift, then onwards; 0xffff marks an empty slot.
struct SkipTable {
  const SkipConstructor* constructors;
  std::uint16_t constructorCount;
  std::uint16_t typeCount;
  const SkipOp* ops;
  const std::uint16_t* slots;
  std::uint32_t multiplier;
  std::uint8_t shift;

  /// nullptr if the id is not in the table.
  const SkipConstructor* find(std::uint32_t id) const;
};

namespace api {
extern const SkipTable kSkipTable;
}

/// Skips id and fields of any object of the table (a value or a method call).
void skipBoxed(Reader& reader);

/// Skips a boxed object that must be of this type (an index from the generated skip_types.h).
void skipType(Reader& reader, std::uint16_t type);

/// The fields of one constructor, its id already taken.
void skipFields(Reader& reader, const SkipConstructor& constructor);

/// The fields of a constructor whose id was taken already and must be of this type.
void skipUnlisted(Reader& reader, std::uint32_t id, std::uint16_t type);

/// skipBoxed, giving the bytes passed; empty after a failure.
ByteView spanBoxed(Reader& reader);
ByteView spanType(Reader& reader, std::uint16_t type);

/// Copies a boxed object of this type as it is.
void readRaw(Reader& reader, std::uint16_t type, Raw& to);

}  // namespace mtpool::tl
