// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/skip.h"

namespace mtpool::tl {
namespace {

void skipOp(Reader& reader, const SkipOp* op);

void skipElements(Reader& reader, const SkipOp* element, std::uint32_t count) {
  if (element->kind == SkipKind::Fixed) {
    reader.skip(std::size_t{count} * element->argument);
    return;
  }
  for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
    skipOp(reader, element);
  }
}

void skipVector(Reader& reader, const SkipOp* op) {
  if (!reader.enter()) {  // vectors nest by their op alone, so they count as depth too
    return;
  }
  const std::uint32_t count = op->kind == SkipKind::Vector ? reader.vectorHeader() : reader.vectorCount();
  skipElements(reader, op + 1, count);
  reader.leave();
}

void skipBare(Reader& reader, const SkipConstructor& constructor) {
  if (reader.enter()) {
    skipFields(reader, constructor);
    reader.leave();
  }
}

void skipOp(Reader& reader, const SkipOp* op) {
  switch (op->kind) {
    case SkipKind::Fixed:
      reader.skip(op->argument);
      break;
    case SkipKind::String:
      reader.skipString();
      break;
    case SkipKind::Bool:
      reader.boolean();
      break;
    case SkipKind::Boxed:
      skipType(reader, op->argument);
      break;
    case SkipKind::Bare:
      skipBare(reader, api::kSkipTable.constructors[op->argument]);
      break;
    case SkipKind::Vector:
    case SkipKind::BareVector:
      skipVector(reader, op);
      break;
    case SkipKind::Query:
      reader.rest();
      break;
    case SkipKind::Flags:  // taken by skipFields, which owns the words
      break;
  }
}

const SkipConstructor* findOrFail(Reader& reader) {
  const std::uint32_t id = reader.uint32();
  const SkipConstructor* constructor = api::kSkipTable.find(id);
  if (constructor == nullptr) [[unlikely]] {
    reader.failUnknown(id);
  }
  return constructor;
}

}  // namespace

const SkipConstructor* SkipTable::find(std::uint32_t id) const {
  std::uint32_t slot = id * multiplier >> shift;
  const std::uint32_t mask = (std::uint32_t{1} << (32 - shift)) - 1;
  while (slots[slot] != 0xffff) {
    const SkipConstructor& candidate = constructors[slots[slot]];
    if (candidate.id == id) {
      return &candidate;
    }
    slot = (slot + 1) & mask;
  }
  return nullptr;
}

void skipFields(Reader& reader, const SkipConstructor& constructor) {
  std::uint32_t words[3] = {};
  const SkipOp* const end = api::kSkipTable.ops + constructor.endOp;
  for (const SkipOp* op = api::kSkipTable.ops + constructor.firstOp; op < end && reader.ok(); ++op) {
    if (op->kind == SkipKind::Flags) {
      words[op->argument] = reader.uint32();
    } else if (op->condition == 0 ||
               (words[(op->condition - 1U) / 32] >> ((op->condition - 1U) % 32) & 1U) != 0) {
      skipOp(reader, op);
    }
    while (op->kind == SkipKind::Vector || op->kind == SkipKind::BareVector) {
      ++op;  // over the element, which may itself be a vector
    }
  }
}

void skipBoxed(Reader& reader) {
  const SkipConstructor* constructor = findOrFail(reader);
  if (constructor != nullptr) {
    skipBare(reader, *constructor);
  }
}

void skipType(Reader& reader, std::uint16_t type) {
  const std::uint32_t id = reader.peekId();
  const SkipConstructor* constructor = findOrFail(reader);
  if (constructor == nullptr) {
    return;
  }
  if (constructor->type != type) [[unlikely]] {
    reader.failUnknown(id);
    return;
  }
  skipBare(reader, *constructor);
}

void skipUnlisted(Reader& reader, std::uint32_t id, std::uint16_t type) {
  const SkipConstructor* constructor = api::kSkipTable.find(id);
  if (constructor == nullptr || constructor->type != type) {
    reader.failUnknown(id);
    return;
  }
  skipFields(reader, *constructor);
}

ByteView spanBoxed(Reader& reader) {
  const std::size_t from = reader.offset();
  skipBoxed(reader);
  return reader.since(from);
}

ByteView spanType(Reader& reader, std::uint16_t type) {
  const std::size_t from = reader.offset();
  skipType(reader, type);
  return reader.since(from);
}

void readRaw(Reader& reader, std::uint16_t type, Raw& to) {
  const ByteView span = spanType(reader, type);
  if (reader.charge(span.size())) {
    to.bytes.assign(span.begin(), span.end());
  }
}

}  // namespace mtpool::tl
