// SPDX-License-Identifier: Apache-2.0
// A TL schema as tlgen works with it: what the .tl file says, with the line of each declaration.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::tlgen {

enum class Kind : std::uint8_t {
  Int,
  Nat,  // `#`: a flags word
  Long,
  Double,
  Int128,
  Int256,
  String,
  Bytes,
  Bool,
  True,        // only conditional: the flag is the value
  Boxed,       // name is the type
  Bare,        // name is the constructor
  Vector,      // with id
  BareVector,  // without
  Query        // !X: another call in place
};

struct Type {
  Kind kind = Kind::Int;
  std::string name;
  std::vector<Type> element;  // one for vectors, else none

  bool isVector() const { return kind == Kind::Vector || kind == Kind::BareVector; }
};

struct Condition {
  std::string word;  // the flags field
  int bit = 0;
};

struct Field {
  std::string name;
  Type type;
  std::optional<Condition> condition;
};

struct Combinator {
  std::string name;
  std::uint32_t id = 0;
  bool generic = false;  // {X:Type}
  std::vector<Field> fields;
  Type result;
  bool method = false;
  int line = 0;
};

struct Schema {
  std::string file;
  int layer = 0;  // from a comment "layer N"; 0 if there is none
  std::vector<Combinator> combinators;
  std::map<std::string, std::size_t, std::less<>> byName;
  std::map<std::string, std::vector<std::size_t>, std::less<>> typeConstructors;

  /// nullptr if there is no such constructor or method.
  const Combinator* find(std::string_view name) const;

  /// Constructors of a type in file order; empty if there is no such type.
  std::vector<const Combinator*> constructorsOf(std::string_view type) const;
};

/// `text` is the content of `file`. Errors read "file:line: what".
Result<Schema> parseSchema(std::string file, std::string_view text);

/// Every constructor id against the CRC32 of its declaration, except for the few the protocol itself got
/// wrong.
Result<void> checkIds(const Schema& schema);

/// "file:line: what", as compilers say it.
Error at(const std::string& file, int line, const std::string& what);

}  // namespace mtpool::tlgen
