// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/tl/tlgen/names.h"

namespace mtpool::tlgen {
namespace {

Result<BuiltType> buildType(const Schema& schema, const std::string& file, const ListLine& line) {
  BuiltType type;
  type.name = line.subject;
  type.section = line.section;
  type.line = line.line;
  const std::vector<const Combinator*> all = schema.constructorsOf(line.subject);
  if (all.empty()) {
    return at(file, line.line, fmt::format("the schema has no type '{}'", line.subject));
  }
  std::vector<std::string> wanted = line.words;
  for (const auto& more : line.details) {
    wanted.insert(wanted.end(), more.begin(), more.end());
  }
  if (wanted.empty()) {
    type.constructors = all;
    return type;
  }
  for (const std::string& name : wanted) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Combinator* c) { return c->name == name; });
    if (found == all.end()) {
      return at(file, line.line, fmt::format("type '{}' has no constructor '{}'", line.subject, name));
    }
    type.constructors.push_back(*found);
  }
  type.open = type.constructors.size() != all.size();
  return type;
}

}  // namespace

std::string heldType(const Schema& schema, const Type& type) {
  if (type.isVector()) {
    return heldType(schema, type.element[0]);
  }
  if (type.kind == Kind::Bare) {
    const Combinator* constructor = schema.find(type.name);
    return constructor == nullptr ? type.name : constructor->result.name;
  }
  return type.kind == Kind::Boxed ? type.name : std::string();
}

Result<Plan> Plan::make(const Schema& schema, std::string space, const List& types, const List& methods) {
  Plan plan;
  plan.schema_ = &schema;
  plan.space_ = std::move(space);
  MTP_DO(plan.addTypes(types));
  MTP_DO(plan.order());
  MTP_DO(plan.addMethods(methods));
  return plan;
}

Result<Plan> Plan::makeWhole(const Schema& schema, std::string space, const std::string& section) {
  List types;
  List methods;
  types.file = methods.file = schema.file;
  types.sections = {section};
  methods.sections = {section + "_methods"};
  std::set<std::string> seen;
  for (const Combinator& c : schema.combinators) {
    ListLine line;
    line.line = c.line;
    if (c.method) {
      line.section = methods.sections[0];
      line.subject = c.name;
      methods.lines.push_back(line);
    } else if (seen.insert(c.result.name).second) {
      line.section = section;
      line.subject = c.result.name;
      types.lines.push_back(line);
    }
  }
  return make(schema, std::move(space), types, methods);
}

const BuiltType* Plan::built(const std::string& type) const {
  const auto found = types_.find(type);
  return found == types_.end() ? nullptr : &found->second;
}

std::string Plan::className(const BuiltType& type) const {
  return space_ +
         "::" + (type.isSingle() ? qualified(type.constructors[0]->name) : qualified(type.name, "Type"));
}

std::string Plan::cppType(const Type& type) const {
  switch (type.kind) {
    case Kind::Int:
      return "std::int32_t";
    case Kind::Nat:
      return "std::uint32_t";
    case Kind::Long:
      return "std::int64_t";
    case Kind::Double:
      return "double";
    case Kind::Int128:
      return "Int128";
    case Kind::Int256:
      return "Int256";
    case Kind::String:
      return "std::string";
    case Kind::Bytes:
      return "Bytes";
    case Kind::Bool:
    case Kind::True:
      return "bool";
    case Kind::Boxed: {
      const BuiltType* held = built(type.name);
      return held == nullptr ? "Raw" : className(*held);
    }
    case Kind::Bare:
      return space_ + "::" + qualified(type.name);
    case Kind::Vector:
    case Kind::BareVector:
      return "std::vector<" + cppType(type.element[0]) + ">";
    case Kind::Query:
      return "Raw";
  }
  return {};
}

std::string Plan::memberType(const Combinator& owner, const Field& field) const {
  std::string type = cppType(field.type);
  const BuiltType* held = field.type.kind == Kind::Boxed ? built(field.type.name) : nullptr;
  if (!owner.method && held != nullptr && reaches(held->name, owner.result.name, held->isSingle())) {
    type = "Box<" + type + ">";
  }
  return field.condition && field.type.kind != Kind::True ? "std::optional<" + type + ">" : type;
}

bool Plan::isCyclic(const Combinator& owner, const Field& field) const {
  return !owner.method && field.type.isVector() &&
         reaches(heldType(*schema_, field.type), owner.result.name, true);
}

/// Whether a value of `from` holds, in place or also in vectors, a value of `to`.
bool Plan::reaches(const std::string& from, const std::string& to, bool throughVectors) const {
  std::set<std::string> seen;
  std::vector<std::string> open = {from};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    const BuiltType* type = built(name);
    if (type == nullptr || !seen.insert(name).second) {
      continue;
    }
    if (name == to) {
      return true;
    }
    for (const Combinator* constructor : type->constructors) {
      for (const Field& field : constructor->fields) {
        if (throughVectors || !field.type.isVector()) {
          open.push_back(heldType(*schema_, field.type));
        }
      }
    }
  }
  return false;
}

Result<void> Plan::addTypes(const List& types) {
  for (const std::string& name : types.sections) {
    sections_.push_back(Section{name, {}, {}});
  }
  for (const ListLine& line : types.lines) {
    MTP_TRY(BuiltType type, buildType(*schema_, types.file, line));
    if (!types_.emplace(type.name, type).second) {
      return at(types.file, line.line, fmt::format("type '{}' is listed twice", type.name));
    }
  }
  for (const auto& [name, type] : types_) {
    const auto home = std::find(types.sections.begin(), types.sections.end(), type.section);
    for (const Combinator* constructor : type.constructors) {
      for (const Field& field : constructor->fields) {
        const BuiltType* held = built(heldType(*schema_, field.type));
        if (held != nullptr && std::find(types.sections.begin(), home, held->section) == home &&
            held->section != type.section) {
          return at(types.file, type.line,
                    fmt::format("'{}' holds '{}', whose section '{}' comes later", name, held->name,
                                held->section));
        }
      }
    }
  }
  return {};
}

Result<void> Plan::order() {
  for (Section& section : sections_) {
    std::set<std::string> placed;
    std::vector<const BuiltType*> mine;
    for (const auto& [name, type] : types_) {
      if (type.section == section.name) {
        mine.push_back(&type);
      }
    }
    std::sort(mine.begin(), mine.end(), [](auto* a, auto* b) { return a->line < b->line; });
    for (const BuiltType* type : mine) {
      place(section, *type, placed);
    }
  }
  return {};
}

void Plan::place(Section& section, const BuiltType& type, std::set<std::string>& placed) {
  if (type.section != section.name || !placed.insert(type.name).second) {
    return;
  }
  for (const Combinator* constructor : type.constructors) {
    for (const Field& field : constructor->fields) {
      const BuiltType* held = built(heldType(*schema_, field.type));
      if (held != nullptr && !reaches(held->name, type.name, field.type.isVector() || held->isSingle())) {
        place(section, *held, placed);
      }
    }
  }
  section.types.push_back(&type);
}

Result<void> Plan::addMethods(const List& methods) {
  for (const std::string& name : methods.sections) {
    Section section{name, {}, {}};
    for (const ListLine& line : methods.lines) {
      if (line.section != name) {
        continue;
      }
      const Combinator* method = schema_->find(line.subject);
      if (method == nullptr || !method->method) {
        return at(methods.file, line.line, fmt::format("the schema has no method '{}'", line.subject));
      }
      section.methods.push_back(method);
    }
    sections_.push_back(std::move(section));
  }
  return {};
}

std::set<std::string> Plan::sectionsUsedBy(const Section& section) const {
  std::set<std::string> used;
  const auto use = [&](const Type& type) {
    const BuiltType* held = built(heldType(*schema_, type));
    if (held != nullptr && held->section != section.name) {
      used.insert(held->section);
    }
  };
  for (const BuiltType* type : section.types) {
    for (const Combinator* constructor : type->constructors) {
      for (const Field& field : constructor->fields) {
        use(field.type);
      }
    }
  }
  for (const Combinator* method : section.methods) {
    for (const Field& field : method->fields) {
      use(field.type);
    }
  }
  return used;
}

}  // namespace mtpool::tlgen
