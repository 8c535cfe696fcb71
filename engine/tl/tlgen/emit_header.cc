// SPDX-License-Identifier: Apache-2.0
// The headers of the generated structs.
#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/names.h"

namespace mtpool::tlgen {
namespace {

void declareMember(Text& out, const Plan& plan, const Combinator& owner, const Field& field) {
  if (field.type.kind == Kind::Nat) {
    return;  // computed on encode
  }
  const std::string type = plan.memberType(owner, field);
  const bool number =
      !field.condition && (type == "std::int32_t" || type == "std::int64_t" || type == "double");
  if (plan.isCyclic(owner, field)) {
    out.line("  {} {};", type, fieldName(field.name));
    return;
  }
  const char* initial = type == "bool" ? " = false" : number ? " = 0" : "{}";
  out.line("  {} {}{};", type, fieldName(field.name), initial);
}

void declareStruct(Text& out, const Plan& plan, const Combinator& c) {
  const std::string name = structName(c.name);
  out.line("/// {}", c.name);
  out.line("struct {} {{", name);
  out.line("  static constexpr std::uint32_t kId = {:#010x};", c.id);
  if (c.method) {
    out.line("  using Answer = {};",
             c.result.kind == Kind::Boxed && c.generic ? "Raw" : plan.cppType(c.result));
  }
  for (const Field& field : c.fields) {
    declareMember(out, plan, c, field);
  }
  out.blank();
  out.line("  void encode(Writer& writer) const;");
  out.line("  void encodeBare(Writer& writer) const;");
  out.line("  static Result<{}> decode(Reader& reader);", name);
  out.line("  void read(Reader& reader);");
  out.line("  void readBare(Reader& reader);");
  out.line("}};");
  out.blank();
}

std::vector<std::string> alternatives(const Plan& plan, const BuiltType& type) {
  std::vector<std::string> names;
  for (const Combinator* c : type.constructors) {
    names.push_back(plan.space() + "::" + qualified(c->name));
  }
  if (type.open) {
    names.emplace_back("Raw");
  }
  return names;
}

void declareClass(Text& out, const Plan& plan, const BuiltType& type) {
  const std::string name = "Type" + structName(type.name);
  const std::vector<std::string> names = alternatives(plan, type);
  out.line("/// {}", type.name);
  out.line("class {} {{", name);
  out.line(" public:");
  std::string list;
  for (const std::string& alternative : names) {
    list += (list.empty() ? "\n      " : ",\n      ") + alternative;
  }
  out.line("  using Value = std::variant<{}>;", list);
  out.blank();
  out.line("  {}();", name);
  for (const std::string& alternative : names) {
    out.line("  {}({} constructor);", name, alternative);
  }
  out.line("  {0}(const {0}& other);", name);
  out.line("  {0}({0}&& other) noexcept;", name);
  out.line("  ~{}();", name);
  out.line("  {0}& operator=(const {0}& other);", name);
  out.line("  {0}& operator=({0}&& other) noexcept;", name);
  out.blank();
  out.line("  Value value;");
  out.blank();
  out.line("  template <class T>");
  out.line("  const T* as() const {{ return std::get_if<T>(&value); }}");
  out.line("  template <class T>");
  out.line("  T* as() {{ return std::get_if<T>(&value); }}");
  out.line("  std::uint32_t id() const;");
  out.line("  void encode(Writer& writer) const;");
  out.line("  static Result<{}> decode(Reader& reader);", name);
  out.line("  void read(Reader& reader);");
  out.line("}};");
  out.blank();
}

void forward(Text& out, const BuiltType& type) {
  const std::string& name = type.isSingle() ? type.constructors[0]->name : type.name;
  out.space(namespaceOf(name));
  out.line("{}{};", type.isSingle() ? "struct " : "class Type", structName(name));
}

void declareForwards(Text& out, const Plan& plan, const Section& section) {
  for (const BuiltType* type : section.types) {
    forward(out, *type);
  }
  std::set<std::string> done;
  for (const Combinator* method : section.methods) {
    const BuiltType* answer = plan.built(heldType(plan.schema(), method->result));
    if (answer != nullptr && done.insert(answer->name).second) {
      forward(out, *answer);
    }
  }
  out.space("");
  out.blank();
}

}  // namespace

std::string emitHeader(const Plan& plan, const Section& section) {
  Text out;
  out.raw(kGenerated);
  out.raw("#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <string>\n#include <variant>\n");
  out.raw("#include <vector>\n\n#include \"engine/base/result.h\"\n#include \"engine/tl/box.h\"\n");
  out.raw("#include \"engine/tl/raw.h\"\n#include \"engine/tl/reader.h\"\n#include \"engine/tl/writer.h\"\n");
  for (const std::string& used : plan.sectionsUsedBy(section)) {
    out.line("#include \"tl/{}/{}.h\"", plan.space(), used);
  }
  out.blank();
  out.line("namespace mtpool::tl::{} {{", plan.space());
  out.blank();
  declareForwards(out, plan, section);
  for (const BuiltType* type : section.types) {
    for (const Combinator* c : type->constructors) {
      out.space(namespaceOf(c->name));
      declareStruct(out, plan, *c);
    }
    out.space(namespaceOf(type->name));
    if (type->isSingle()) {
      out.line("using Type{} = {};", structName(type->name), plan.className(*type));
      out.blank();
    } else {
      declareClass(out, plan, *type);
    }
  }
  for (const Combinator* method : section.methods) {
    out.space(namespaceOf(method->name));
    declareStruct(out, plan, *method);
  }
  out.space("");
  out.line("}}  // namespace mtpool::tl::{}", plan.space());
  return out.str();
}

}  // namespace mtpool::tlgen
