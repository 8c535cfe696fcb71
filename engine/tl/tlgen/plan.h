// SPDX-License-Identifier: Apache-2.0
// What will be generated: which types and methods become structs, in which file, in which order, and how each
// field is represented. The emitters below only spell it out.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/tl/tlgen/lists.h"
#include "engine/tl/tlgen/schema.h"

namespace mtpool::tlgen {

/// A boxed type that gets a class.
struct BuiltType {
  std::string name;
  std::string section;
  std::vector<const Combinator*> constructors;
  bool open = false;  // other constructors exist and are kept as Raw
  int line = 0;

  /// Then the type is its only constructor's struct, without a class around it.
  bool isSingle() const { return constructors.size() == 1 && !open; }
};

struct Section {
  std::string name;
  std::vector<const BuiltType*> types;     // each after those it holds by value
  std::vector<const Combinator*> methods;  // in a section of types none, and the other way round
};

struct Output {
  std::string path;  // below the output folder
  std::string text;
};

class Plan {
 public:
  /// `space` is the C++ namespace below mtpool::tl and the folder below tl/.
  static Result<Plan> make(const Schema& schema, std::string space, const List& types, const List& methods);

  /// For a small schema: everything, in one section.
  static Result<Plan> makeWhole(const Schema& schema, std::string space, const std::string& section);

  const Schema& schema() const { return *schema_; }

  const std::string& space() const { return space_; }

  const std::vector<Section>& sections() const { return sections_; }

  /// nullptr if values of this type stay Raw.
  const BuiltType* built(const std::string& type) const;

  /// The C++ type of a value, "api::messages::TypeMessages", "std::vector<std::int64_t>", …
  std::string cppType(const Type& type) const;

  /// The C++ type of a field of this constructor: with Box and std::optional where they belong. A Box cuts
  /// every circle of values. A circle through a vector is cut too if its member is a plain struct: only
  /// classes, whose members are defined out of line, may hold vectors of what is not complete yet.
  std::string memberType(const Combinator& owner, const Field& field) const;

  /// A member whose type holds the owner again, if only in a vector: complete only further down the header,
  /// hence without an initialiser.
  bool isCyclic(const Combinator& owner, const Field& field) const;

  /// The class a built type is: api::TypePeer, or api::Config where there is one constructor.
  std::string className(const BuiltType& type) const;

  /// Types in other sections that a section's declarations need.
  std::set<std::string> sectionsUsedBy(const Section& section) const;

 private:
  Result<void> addTypes(const List& types);
  Result<void> addMethods(const List& methods);
  Result<void> order();
  void place(Section& section, const BuiltType& type, std::set<std::string>& placed);
  bool reaches(const std::string& from, const std::string& to, bool throughVectors) const;

  const Schema* schema_ = nullptr;
  std::string space_;
  std::map<std::string, BuiltType> types_;
  std::vector<Section> sections_;
};

/// The built types that a field's type names, whether by value or in a vector.
std::string heldType(const Schema& schema, const Type& type);

std::vector<Output> emitStructs(const Plan& plan);
std::vector<Output> emitNames(const Schema& schema, const std::string& space);

}  // namespace mtpool::tlgen
