// SPDX-License-Identifier: Apache-2.0
// The tables of engine/tl/skip.h.
#include <array>

#include "engine/tl/tlgen/closure.h"
#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/names.h"

namespace mtpool::tlgen {
namespace {

struct Op {
  std::string kind;
  int condition = 0;
  int argument = 0;
};

class OpList {
 public:
  OpList(const Closure& closure, std::vector<Op>& ops) : closure_(closure), ops_(ops) {}

  void add(const Combinator& c) {
    std::vector<std::string> words;
    const std::size_t first = ops_.size();
    for (const Field& field : c.fields) {
      if (field.type.kind == Kind::Nat) {
        ops_.push_back({"Flags", 0, static_cast<int>(words.size())});
        words.push_back(field.name);
        continue;
      }
      int condition = 0;
      if (field.condition) {
        std::size_t word = 0;
        while (words[word] != field.condition->word) {
          ++word;
        }
        condition = 1 + static_cast<int>(word) * 32 + field.condition->bit;
      }
      const bool mergeable = ops_.size() > first && (ops_.size() < 2 || !isVector(ops_[ops_.size() - 2]));
      addValue(field.type, condition, mergeable);
    }
  }

 private:
  static bool isVector(const Op& op) { return op.kind == "Vector" || op.kind == "BareVector"; }

  void addFixed(int size, int condition, bool mergeable) {
    if (mergeable && condition == 0 && ops_.back().kind == "Fixed" && ops_.back().condition == 0) {
      ops_.back().argument += size;  // one step over neighbours
    } else {
      ops_.push_back({"Fixed", condition, size});
    }
  }

  void addValue(const Type& type, int condition, bool mergeable) {
    static const std::map<Kind, int> sizes = {
        {Kind::Int, 4}, {Kind::Long, 8}, {Kind::Double, 8}, {Kind::Int128, 16}, {Kind::Int256, 32}};
    const auto size = sizes.find(type.kind);
    if (size != sizes.end()) {
      addFixed(size->second, condition, mergeable);
    } else if (type.isVector()) {
      ops_.push_back({type.kind == Kind::Vector ? "Vector" : "BareVector", condition, 0});
      addValue(type.element[0], 0, false);
    } else if (type.kind == Kind::Boxed) {
      ops_.push_back({"Boxed", condition, closure_.typeNumbers.at(type.name)});
    } else if (type.kind == Kind::Bare) {
      ops_.push_back({"Bare", condition, closure_.constructorNumbers.at(type.name)});
    } else if (type.kind == Kind::String || type.kind == Kind::Bytes) {
      ops_.push_back({"String", condition, 0});
    } else if (type.kind == Kind::Bool) {
      ops_.push_back({"Bool", condition, 0});
    } else if (type.kind == Kind::Query) {
      ops_.push_back({"Query", condition, 0});
    }
  }

  const Closure& closure_;
  std::vector<Op>& ops_;
};

/// Slots of the hash table: 8 to 16 times emptier than needed would waste cache, 2 to 4 times probes rarely.
std::vector<int> hashSlots(const Closure& closure, std::uint32_t multiplier, int shift) {
  std::vector<int> slots(std::size_t{1} << (32 - shift), -1);
  for (std::size_t i = 0; i < closure.constructors.size(); ++i) {
    std::size_t slot = closure.constructors[i]->id * multiplier >> shift;
    while (slots[slot] != -1) {
      slot = (slot + 1) % slots.size();
    }
    slots[slot] = static_cast<int>(i);
  }
  return slots;
}

void emitNumbers(Text& out, const std::vector<int>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); i += 16) {
    out.raw("   ");
    for (std::size_t j = i; j < std::min(i + 16, numbers.size()); ++j) {
      out.raw(fmt::format(" {},", numbers[j] < 0 ? 0xffff : numbers[j]));
    }
    out.blank();
  }
}

std::string emitTypes(const Plan& plan, const Closure& closure) {
  Text out;
  out.raw(kGenerated);
  out.raw("#pragma once\n\n#include <cstdint>\n\n");
  out.line("namespace mtpool::tl::{}::skip {{", plan.space());
  out.blank();
  for (std::size_t i = 0; i < closure.types.size(); ++i) {
    out.line("inline constexpr std::uint16_t {} = {};", skipConstant(closure.types[i]), i);
  }
  out.blank();
  out.line("}}  // namespace mtpool::tl::{}::skip", plan.space());
  return out.str();
}

/// Names for the ids, for code that tells constructors apart without needing their structs.
std::string emitIds(const Plan& plan, const Closure& closure) {
  Text out;
  out.raw(kGenerated);
  out.raw("#pragma once\n\n#include <cstdint>\n\n");
  out.line("namespace mtpool::tl::{}::id {{", plan.space());
  out.blank();
  for (const Combinator* c : closure.constructors) {
    out.space(namespaceOf(c->name));
    out.line("inline constexpr std::uint32_t k{} = {:#010x};", structName(c->name), c->id);
  }
  out.space("");
  out.blank();
  out.line("}}  // namespace mtpool::tl::{}::id", plan.space());
  return out.str();
}

void emitOps(Text& out, const std::vector<Op>& ops) {
  out.line("constexpr SkipOp kOps[] = {{");
  for (std::size_t i = 0; i < ops.size(); i += 4) {
    out.raw("   ");
    for (std::size_t j = i; j < std::min(i + 4, ops.size()); ++j) {
      out.raw(fmt::format(" {{K::{}, {}, {}}},", ops[j].kind, ops[j].condition, ops[j].argument));
    }
    out.blank();
  }
  out.line("}};");
}

}  // namespace

std::vector<Output> emitSkip(const Plan& plan, const Closure& closure) {
  std::vector<Op> ops;
  Text constructors;
  int count = 0;
  for (const Combinator* c : closure.constructors) {
    const std::size_t first = ops.size();
    OpList(closure, ops).add(*c);
    const int type = c->method ? 0xffff : closure.typeNumbers.at(c->result.name);
    constructors.raw(fmt::format("{}{{{:#010x}, {}, {}, {}}},{}", count % 3 == 0 ? "    " : " ", c->id, first,
                                 ops.size(), type, count % 3 == 2 ? "\n" : ""));
    ++count;
  }
  constexpr std::uint32_t kMultiplier = 0x9e3779b1;
  int shift = 31;
  while ((std::size_t{1} << (32 - shift)) < closure.constructors.size() * 3) {
    --shift;
  }
  Text out;
  out.raw(kGenerated);
  out.raw("#include \"engine/tl/skip.h\"\n\n");
  out.line("namespace mtpool::tl::{} {{", plan.space());
  out.raw("namespace {\n\nusing K = SkipKind;\n\n");
  emitOps(out, ops);
  out.blank();
  out.line("constexpr SkipConstructor kConstructors[] = {{");
  out.raw(constructors.str());
  out.blank();
  out.line("}};");
  out.blank();
  out.line("constexpr std::uint16_t kSlots[] = {{");
  emitNumbers(out, hashSlots(closure, kMultiplier, shift));
  out.line("}};");
  out.raw("\n}  // namespace\n\n");
  out.line("extern const SkipTable kSkipTable = {{kConstructors, {}, {}, kOps, kSlots, {:#x}, {}}};",
           closure.constructors.size(), closure.types.size(), kMultiplier, shift);
  out.blank();
  out.line("}}  // namespace mtpool::tl::{}", plan.space());
  return {{"ids.h", emitIds(plan, closure)},
          {"skip_types.h", emitTypes(plan, closure)},
          {"skip_table.cc", out.str()}};
}

}  // namespace mtpool::tlgen
