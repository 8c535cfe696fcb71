// SPDX-License-Identifier: Apache-2.0
// Names of every constructor and method of the schema, for logs and errors.
#include <algorithm>

#include "engine/tl/tlgen/emit.h"

namespace mtpool::tlgen {
namespace {

void emitTable(Text& out, const Schema& schema, bool methods) {
  std::vector<const Combinator*> all;
  for (const Combinator& c : schema.combinators) {
    if (c.method == methods) {
      all.push_back(&c);
    }
  }
  std::sort(all.begin(), all.end(), [](auto* a, auto* b) { return a->id < b->id; });
  out.line("constexpr tl::IdName k{}[] = {{", methods ? "Methods" : "Constructors");
  for (std::size_t i = 0; i < all.size(); i += 2) {
    out.raw("   ");
    for (std::size_t j = i; j < std::min(i + 2, all.size()); ++j) {
      out.raw(fmt::format(" {{{:#010x}, \"{}\"}},", all[j]->id, all[j]->name));
    }
    out.blank();
  }
  out.line("}};");
}

std::string emitNamesSource(const Schema& schema, const std::string& space, bool methods) {
  Text out;
  out.raw(kGenerated);
  out.line("#include \"tl/{}/names.h\"", space);
  out.blank();
  out.raw("#include \"engine/tl/id_names.h\"\n\n");
  out.line("namespace mtpool::tl::{} {{", space);
  out.line("namespace {{");
  out.blank();
  emitTable(out, schema, methods);
  out.blank();
  out.line("}}  // namespace");
  out.blank();
  out.line("std::string_view {0}Name(std::uint32_t id) {{ return tl::nameOf(k{1}, id); }}",
           methods ? "method" : "constructor", methods ? "Methods" : "Constructors");
  out.blank();
  out.line("}}  // namespace mtpool::tl::{}", space);
  return out.str();
}

}  // namespace

std::vector<Output> emitNames(const Schema& schema, const std::string& space) {
  Text header;
  header.raw(kGenerated);
  header.raw("#pragma once\n\n#include <cstdint>\n#include <string_view>\n\n");
  header.line("namespace mtpool::tl::{} {{", space);
  header.blank();
  if (schema.layer != 0) {
    header.line("/// The layer of the schema, negotiated with invokeWithLayer.");
    header.line("inline constexpr std::int32_t kLayer = {};", schema.layer);
    header.blank();
  }
  header.line("/// TL name of an id; empty if the schema has none such.");
  header.line("std::string_view constructorName(std::uint32_t id);");
  header.line("std::string_view methodName(std::uint32_t id);");
  header.blank();
  header.line("}}  // namespace mtpool::tl::{}", space);
  return {{"names.h", header.str()},
          {"constructor_names.cc", emitNamesSource(schema, space, false)},
          {"method_names.cc", emitNamesSource(schema, space, true)}};
}

}  // namespace mtpool::tlgen
