// SPDX-License-Identifier: Apache-2.0
// Spells out the views: straight-line code that reads what is wanted and steps over the rest.
#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/names.h"
#include "engine/tl/tlgen/views.h"

namespace mtpool::tlgen {
namespace {

int fixedSize(const Type& type) {
  switch (type.kind) {
    case Kind::Int:
    case Kind::Nat:
      return 4;
    case Kind::Long:
    case Kind::Double:
      return 8;
    case Kind::Int128:
      return 16;
    case Kind::Int256:
      return 32;
    default:
      return 0;
  }
}

std::string skipCall(const Type& type, const std::string& from) {
  if (fixedSize(type) != 0) {
    return fmt::format("{}.skip({})", from, fixedSize(type));
  }
  switch (type.kind) {
    case Kind::Bool:
      return from + ".boolean()";
    case Kind::Boxed:
      return fmt::format("skipType({}, type::{})", from, skipConstant(type.name));
    case Kind::Vector:
      return fmt::format("skipVector({}, [](Reader& in) {{ {}; }})", from, skipCall(type.element[0], "in"));
    default:
      return from + ".skipString()";
  }
}

std::string readCall(const ViewField& field, const Type& type, const std::string& to) {
  switch (type.kind) {
    case Kind::Int:
      return to + " = reader.int32()";
    case Kind::Long:
      return to + " = reader.int64()";
    case Kind::Double:
      return to + " = reader.float64()";
    case Kind::Bool:
      return to + " = reader.boolean()";
    case Kind::String:
      return to + " = reader.string()";
    case Kind::Bytes:
      return to + " = reader.bytes()";
    case Kind::Vector:
      return fmt::format("viewVector(reader, {}, [](Reader& in) {{ {}; }})", to,
                         skipCall(type.element[0], "in"));
    default:
      break;
  }
  if (field.type == "BoxedView") {
    return fmt::format("{}.bytes = spanType(reader, type::{})", to, skipConstant(type.name));
  }
  return fmt::format("{}{}read(reader)", to, field.optional ? ".emplace()." : ".");
}

class ConstructorReader {
 public:
  ConstructorReader(Text& out, const View& view, const ViewConstructor& constructor)
      : out_(out), view_(view), constructor_(constructor) {}

  void emit() {
    out_.line("void read{}(Reader& reader, {}& view) {{", structName(constructor_.combinator->name),
              structName(view_.type));
    for (const Field& field : constructor_.combinator->fields) {
      one(field);
    }
    flush();
    if (constructor_.combinator->fields.empty()) {
      out_.line("  static_cast<void>(reader);");
    }
    if (constructor_.wanted.empty()) {
      out_.line("  static_cast<void>(view);");
    }
    out_.line("}}");
    out_.blank();
  }

 private:
  void one(const Field& field) {
    const auto wanted = constructor_.wanted.find(field.name);
    if (field.type.kind == Kind::Nat) {
      flush();
      out_.line("  {}const std::uint32_t tl_{} = reader.uint32();", "[[maybe_unused]] ", field.name);
      return;
    }
    if (wanted == constructor_.wanted.end()) {
      skip(field);
      return;
    }
    flush();
    const ViewField& target = view_.field(wanted->second);
    const std::string to = "view." + fieldName(target.name);
    if (field.type.kind == Kind::True) {
      out_.line("  {} = {};", to, test(field));
    } else if (field.condition) {
      out_.line("  if ({}) {{", test(field));
      out_.line("    {};", readCall(target, field.type, to));
      out_.line("  }}");
    } else {
      out_.line("  {};", readCall(target, field.type, to));
    }
  }

  void skip(const Field& field) {
    if (field.type.kind == Kind::True) {
      return;
    }
    const int size = fixedSize(field.type);
    if (!field.condition && size != 0) {
      pending_ += size;  // neighbours become one step
      return;
    }
    flush();
    if (field.condition) {
      out_.line("  if ({}) {{", test(field));
      out_.line("    {};", skipCall(field.type, "reader"));
      out_.line("  }}");
    } else {
      out_.line("  {};", skipCall(field.type, "reader"));
    }
  }

  void flush() {
    if (pending_ != 0) {
      out_.line("  reader.skip({});", pending_);
      pending_ = 0;
    }
  }

  static std::string test(const Field& field) {
    return fmt::format("(tl_{} & (1U << {})) != 0", field.condition->word, field.condition->bit);
  }

  Text& out_;
  const View& view_;
  const ViewConstructor& constructor_;
  int pending_ = 0;
};

void emitSource(Text& out, const View& view) {
  const std::string name = structName(view.type);
  out.space(namespaceOf(view.type));
  out.line("namespace {{");
  out.blank();
  for (const ViewConstructor& constructor : view.constructors) {
    ConstructorReader(out, view, constructor).emit();
  }
  out.line("}}  // namespace");
  out.blank();
  out.line("void {}::read(Reader& reader) {{", name);
  out.line("  if (!reader.enter()) {{");
  out.line("    return;");
  out.line("  }}");
  out.line("  constructor = reader.uint32();");
  out.line("  switch (constructor) {{");
  for (const ViewConstructor& constructor : view.constructors) {
    out.line("    case id::{}:", qualified(constructor.combinator->name, "k"));
    out.line("      read{}(reader, *this);", structName(constructor.combinator->name));
    out.line("      break;");
  }
  out.line("    default:");
  out.line("      skipUnlisted(reader, constructor, type::{});", skipConstant(view.type));
  out.line("  }}");
  out.line("  reader.leave();");
  out.line("}}");
  out.blank();
}

void emitHeader(Text& out, const View& view) {
  out.space(namespaceOf(view.type));
  out.line("/// {}", view.type);
  out.line("struct {} {{", structName(view.type));
  out.line("  std::uint32_t constructor = 0;");
  for (const ViewField& field : view.fields) {
    const bool number = !field.optional && (field.type == "std::int32_t" || field.type == "std::int64_t");
    const std::string type = field.optional ? "std::optional<" + field.type + ">" : field.type;
    out.line("  {} {}{};", type, fieldName(field.name), type == "bool" ? " = false" : number ? " = 0" : "{}");
  }
  out.blank();
  out.line("  void read(Reader& reader);");
  out.line("}};");
  out.blank();
}

}  // namespace

Result<std::vector<Output>> emitViews(const Schema& schema, const std::string& space, const List& list) {
  MTP_TRY(const std::vector<View> views, planViews(schema, list));
  if (views.empty()) {
    return std::vector<Output>{};
  }
  if (list.sections.size() != 1) {
    return at(list.file, 1, "views have one section");
  }
  Text header;
  header.raw(kGenerated);
  header.raw("#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <string_view>\n\n");
  header.raw("#include \"engine/tl/view.h\"\n\nnamespace mtpool::tl::view {\n\n");
  Text source;
  source.raw(kGenerated);
  source.line("#include \"tl/{}/{}.h\"", space, list.sections[0]);
  source.blank();
  source.line("#include \"tl/{}/ids.h\"", space);
  source.line("#include \"tl/{}/skip_types.h\"", space);
  source.raw("\nnamespace mtpool::tl::view {\n\n");
  source.line("namespace id = {}::id;", space);
  source.line("namespace type = {}::skip;", space);
  source.blank();
  for (const View& view : views) {
    emitHeader(header, view);
    emitSource(source, view);
  }
  for (Text* text : {&header, &source}) {
    text->space("");
    text->raw("}  // namespace mtpool::tl::view\n");
  }
  return std::vector<Output>{{list.sections[0] + ".h", header.str()},
                             {list.sections[0] + ".cc", source.str()}};
}

}  // namespace mtpool::tlgen
