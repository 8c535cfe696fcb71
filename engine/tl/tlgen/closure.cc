// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/closure.h"

#include <fmt/format.h>

#include <set>

namespace mtpool::tlgen {
namespace {

/// Types whose values have no constructor in the tables.
bool isPlain(const std::string& type) {
  return type.empty();
}

class Walk {
 public:
  explicit Walk(const Schema& schema) : schema_(schema) {}

  Result<void> add(const Combinator& user, const Type& type) {
    if (type.kind == Kind::Boxed && user.generic && type.name == "X") {
      return {};
    }
    const std::string name = heldType(schema_, type);
    if (isPlain(name) || !seen_.insert(name).second) {
      return {};
    }
    if (schema_.constructorsOf(name).empty()) {
      return at(schema_.file, user.line, fmt::format("the schema has no type '{}'", name));
    }
    for (const Combinator* constructor : schema_.constructorsOf(name)) {
      MTP_DO(addFields(*constructor));
    }
    return {};
  }

  Result<void> addFields(const Combinator& c) {
    for (const Field& field : c.fields) {
      MTP_DO(add(c, field.type));
    }
    return {};
  }

  const std::set<std::string>& seen() const { return seen_; }

 private:
  const Schema& schema_;
  std::set<std::string> seen_;
};

void number(Closure& closure, const Combinator& c) {
  closure.constructorNumbers[c.name] = static_cast<std::uint16_t>(closure.constructors.size());
  closure.constructors.push_back(&c);
}

}  // namespace

Result<Closure> closureOf(const Plan& plan, const List& views) {
  const Schema& schema = plan.schema();
  Walk walk(schema);
  Closure closure;
  std::vector<const Combinator*> methods;
  for (const Section& section : plan.sections()) {
    for (const Combinator* method : section.methods) {
      methods.push_back(method);
      MTP_DO(walk.addFields(*method));
      MTP_DO(walk.add(*method, method->result));
    }
    for (const BuiltType* type : section.types) {
      MTP_DO(walk.add(*type->constructors[0], type->constructors[0]->result));
    }
  }
  std::vector<std::string> more = {"Updates", "Error"};
  for (const ListLine& view : views.lines) {
    more.push_back(view.subject);
  }
  for (const std::string& type : more) {
    const std::vector<const Combinator*> constructors = schema.constructorsOf(type);
    if (!constructors.empty()) {
      MTP_DO(walk.add(*constructors[0], constructors[0]->result));
    }
  }
  for (const std::string& type : walk.seen()) {
    closure.typeNumbers[type] = static_cast<std::uint16_t>(closure.types.size());
    closure.types.push_back(type);
    for (const Combinator* constructor : schema.constructorsOf(type)) {
      number(closure, *constructor);
    }
  }
  for (const Combinator* method : methods) {
    number(closure, *method);
  }
  return closure;
}

}  // namespace mtpool::tlgen
