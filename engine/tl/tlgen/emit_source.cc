// SPDX-License-Identifier: Apache-2.0
// The sources of the generated structs: encode and decode of each constructor, and of each type over its
// constructors.
#include <fmt/format.h>

#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/names.h"

namespace mtpool::tlgen {
namespace {

std::string bitOf(const Condition& condition) {
  return fmt::format("(1U << {})", condition.bit);
}

std::string wordOf(const Condition& condition) {
  return "tl_" + condition.word;
}

bool sharesFlag(const Combinator& c, const Field& field) {
  for (const Field& other : c.fields) {
    if (&other != &field && other.condition && other.condition->word == field.condition->word &&
        other.condition->bit == field.condition->bit) {
      return true;
    }
  }
  return false;
}

void encodeFlagsWord(Text& out, const Combinator& c, const Field& word) {
  out.line("  std::uint32_t tl_{} = 0;", word.name);
  for (const Field& field : c.fields) {
    if (field.condition && field.condition->word == word.name) {
      const std::string name = fieldName(field.name);
      out.line("  tl_{} |= {} ? {} : 0;", word.name,
               field.type.kind == Kind::True ? name : name + ".has_value()", bitOf(*field.condition));
    }
  }
  out.line("  writer.uint32(tl_{});", word.name);
}

void encodeField(Text& out, const Combinator& c, const Field& field) {
  const std::string name = fieldName(field.name);
  std::string value = name;
  std::string indent = "  ";
  if (field.type.kind == Kind::Nat) {
    return encodeFlagsWord(out, c, field);
  }
  if (field.type.kind == Kind::True) {
    return;
  }
  if (field.condition) {
    out.line("  if ((tl_{} & {}) != 0) {{", field.condition->word, bitOf(*field.condition));
    indent = "    ";
    value = "*" + name;
  }
  if (field.type.kind == Kind::Bare) {
    out.line("{}({}).encodeBare(writer);", indent, value);
  } else if (field.type.kind == Kind::BareVector) {
    const bool bare = field.type.element[0].kind == Kind::Bare;
    out.line("{}writer.vectorCount(({}).size());", indent, value);
    out.line("{}for (const auto& element : {}) {{", indent, value);
    out.line("{}  {};", indent, bare ? "element.encodeBare(writer)" : "tl::write(writer, element)");
    out.line("{}}}", indent);
  } else if (field.condition && sharesFlag(c, field)) {
    out.line("{}tl::writeOrDefault(writer, {});", indent, name);
  } else {
    out.line("{}tl::write(writer, {});", indent, value);
  }
  if (field.condition) {
    out.line("  }}");
  }
}

/// The call that reads one value into `to`.
std::string readCall(const Plan& plan, const Type& type, const std::string& to, const std::string& from) {
  const bool raw = type.kind == Kind::Boxed && plan.built(type.name) == nullptr;
  if (raw) {
    return fmt::format("tl::readRaw({}, skip::{}, {})", from, skipConstant(type.name), to);
  }
  if (type.kind == Kind::Bare) {
    return fmt::format("({}).readBare({})", to, from);
  }
  if (type.isVector()) {
    const Type& element = type.element[0];
    const bool rawElements = element.kind == Kind::Boxed && plan.built(element.name) == nullptr;
    if (type.kind == Kind::BareVector || rawElements || element.isVector()) {
      return fmt::format("tl::readElements({}, {}, {}.{}, [](Reader& in, auto& element) {{ {}; }})", from, to,
                         from, type.kind == Kind::Vector ? "vectorHeader()" : "vectorCount()",
                         readCall(plan, element, "element", "in"));
    }
  }
  return fmt::format("tl::read({}, {})", from, to);
}

void decodeField(Text& out, const Plan& plan, const Field& field) {
  const std::string name = fieldName(field.name);
  if (field.type.kind == Kind::Nat) {
    out.line("  const std::uint32_t tl_{} = reader.uint32();", field.name);
    return;
  }
  if (!field.condition) {
    out.line("  {};", readCall(plan, field.type, name, "reader"));
    return;
  }
  const std::string test = fmt::format("({} & {}) != 0", wordOf(*field.condition), bitOf(*field.condition));
  if (field.type.kind == Kind::True) {
    out.line("  {} = {};", name, test);
    return;
  }
  out.line("  {}.reset();", name);
  out.line("  if ({}) {{", test);
  out.line("    {};", readCall(plan, field.type, name + ".emplace()", "reader"));
  out.line("  }}");
}

bool usesReader(const Combinator& c) {
  return !c.fields.empty();
}

bool wordUsed(const Combinator& c, const Field& word) {
  for (const Field& field : c.fields) {
    if (field.condition && field.condition->word == word.name) {
      return true;
    }
  }
  return false;
}

void defineStruct(Text& out, const Plan& plan, const Combinator& c) {
  const std::string name = structName(c.name);
  out.line("void {}::encodeBare(Writer&{}) const {{", name, usesReader(c) ? " writer" : "");
  for (const Field& field : c.fields) {
    encodeField(out, c, field);
  }
  out.line("}}");
  out.blank();
  out.line("void {}::encode(Writer& writer) const {{", name);
  out.line("  writer.uint32(kId);");
  out.line("  encodeBare(writer);");
  out.line("}}");
  out.blank();
  out.line("void {}::readBare(Reader&{}) {{", name, usesReader(c) ? " reader" : "");
  for (const Field& field : c.fields) {
    if (field.type.kind == Kind::Nat && !wordUsed(c, field)) {
      out.line("  reader.uint32();");
    } else {
      decodeField(out, plan, field);
    }
  }
  out.line("}}");
  out.blank();
  out.line("void {}::read(Reader& reader) {{ tl::readBoxed(reader, *this); }}", name);
  out.blank();
  out.line("Result<{0}> {0}::decode(Reader& reader) {{ return tl::decodeFrom<{0}>(reader); }}", name);
  out.blank();
}

void defineClassRead(Text& out, const BuiltType& type, const std::string& space, const std::string& name) {
  out.line("void {}::read(Reader& reader) {{", name);
  if (type.open) {
    out.line("  const std::uint32_t id = reader.peekId();");
    out.line("  switch (id) {{");
  } else {
    out.line("  if (!reader.enter()) {{");
    out.line("    return;");
    out.line("  }}");
    out.line("  const std::uint32_t id = reader.uint32();");
    out.line("  switch (id) {{");
  }
  for (const Combinator* c : type.constructors) {
    const std::string alternative = space + "::" + qualified(c->name);
    out.line("    case {}::kId:", alternative);
    out.line("      value.emplace<{}>().{}(reader);", alternative, type.open ? "read" : "readBare");
    out.line("      break;");
  }
  out.line("    default:");
  if (type.open) {
    out.line("      tl::readRaw(reader, skip::{}, value.emplace<Raw>());", skipConstant(type.name));
    out.line("  }}");
  } else {
    out.line("      reader.failUnknown(id);");
    out.line("  }}");
    out.line("  reader.leave();");
  }
  out.line("}}");
  out.blank();
}

/// Constructors, destructor and assignment out of line. Assignment goes through construction: the variant's
/// own would be as much code again for every alternative, and compile time of this code is what everybody
/// pays.
void defineClassMembers(Text& out, const std::string& name, const std::vector<std::string>& alternatives) {
  out.line("{0}::{0}() = default;", name);
  for (const std::string& alternative : alternatives) {
    out.line("{0}::{0}({1} constructor) : value(std::move(constructor)) {{}}", name, alternative);
  }
  out.line("{0}::{0}(const {0}& other) = default;", name);
  out.line("{0}::{0}({0}&& other) noexcept = default;", name);
  out.line("{0}::~{0}() = default;", name);
  out.line("{0}& {0}::operator=(const {0}& other) {{ return *this = {0}(other); }}", name);
  out.line("{0}& {0}::operator=({0}&& other) noexcept {{", name);
  out.line("  if (this != &other) {{");
  out.line("    std::destroy_at(&value);");
  out.line("    std::construct_at(&value, std::move(other.value));");
  out.line("  }}");
  out.line("  return *this;");
  out.line("}}");
  out.blank();
}

void defineClassWrite(Text& out, const std::string& name, std::size_t alternatives) {
  out.line("std::uint32_t {}::id() const {{", name);
  out.line("  switch (value.index()) {{");
  for (std::size_t i = 0; i < alternatives; ++i) {
    out.line("    case {0}: return tl::idOf(*std::get_if<{0}>(&value));", i);
  }
  out.line("  }}");
  out.line("  return 0;");
  out.line("}}");
  out.blank();
  out.line("void {}::encode(Writer& writer) const {{", name);
  out.line("  switch (value.index()) {{");
  for (std::size_t i = 0; i < alternatives; ++i) {
    out.line("    case {0}: tl::write(writer, *std::get_if<{0}>(&value)); break;", i);
  }
  out.line("  }}");
  out.line("}}");
  out.blank();
}

void defineClass(Text& out, const BuiltType& type, const std::string& space) {
  const std::string name = "Type" + structName(type.name);
  std::vector<std::string> alternatives;
  for (const Combinator* c : type.constructors) {
    alternatives.push_back(space + "::" + qualified(c->name));
  }
  if (type.open) {
    alternatives.emplace_back("Raw");
  }
  defineClassMembers(out, name, alternatives);
  defineClassWrite(out, name, alternatives.size());
  defineClassRead(out, type, space, name);
  out.line("Result<{0}> {0}::decode(Reader& reader) {{ return tl::decodeFrom<{0}>(reader); }}", name);
  out.blank();
}

}  // namespace

std::string emitSource(const Plan& plan, const Section& section) {
  Text out;
  out.raw(kGenerated);
  out.line("#include \"tl/{}/{}.h\"", plan.space(), section.name);
  out.blank();
  out.raw("#include <memory>\n\n#include \"engine/tl/codec.h\"\n");
  Text body;
  body.line("namespace mtpool::tl::{} {{", plan.space());
  body.blank();
  for (const BuiltType* type : section.types) {
    for (const Combinator* c : type->constructors) {
      body.space(namespaceOf(c->name));
      defineStruct(body, plan, *c);
    }
    if (!type->isSingle()) {
      body.space(namespaceOf(type->name));
      defineClass(body, *type, plan.space());
    }
  }
  for (const Combinator* method : section.methods) {
    body.space(namespaceOf(method->name));
    defineStruct(body, plan, *method);
  }
  body.space("");
  body.line("}}  // namespace mtpool::tl::{}", plan.space());
  if (body.str().find("skip::k") != std::string::npos) {
    out.raw("#include \"engine/tl/skip.h\"\n");
    out.line("#include \"tl/{}/skip_types.h\"", plan.space());
  }
  out.blank();
  out.raw(body.str());
  return out.str();
}

namespace {

/// For tests that hold for every struct: the headers, and each struct as MTP_TL_STRUCT(name).
std::vector<Output> emitEvery(const Plan& plan) {
  Text headers;
  Text structs;
  headers.raw(kGenerated);
  structs.raw(kGenerated);
  for (const Section& section : plan.sections()) {
    headers.line("#include \"tl/{}/{}.h\"", plan.space(), section.name);
    for (const BuiltType* type : section.types) {
      for (const Combinator* c : type->constructors) {
        structs.line("MTP_TL_STRUCT({}::{})", plan.space(), qualified(c->name));
      }
    }
    for (const Combinator* method : section.methods) {
      structs.line("MTP_TL_STRUCT({}::{})", plan.space(), qualified(method->name));
    }
  }
  return {{"every_header.inc", headers.str()}, {"every_struct.inc", structs.str()}};
}

}  // namespace

std::vector<Output> emitStructs(const Plan& plan) {
  std::vector<Output> files = emitEvery(plan);
  for (const Section& section : plan.sections()) {
    files.push_back({section.name + ".h", emitHeader(plan, section)});
    files.push_back({section.name + ".cc", emitSource(plan, section)});
  }
  return files;
}

}  // namespace mtpool::tlgen
