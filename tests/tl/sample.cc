// SPDX-License-Identifier: Apache-2.0
#include "tests/tl/sample.h"

#include <algorithm>
#include <string>
#include <vector>

namespace mtpool::tl {
namespace {

const SkipTable& table() {
  return api::kSkipTable;
}

bool isVector(const SkipOp& op) {
  return op.kind == SkipKind::Vector || op.kind == SkipKind::BareVector;
}

/// How deep a constructor nests at least; what recurses gets more in each round and is never chosen.
std::vector<int> leastDepths() {
  std::vector<int> depths(table().constructorCount, 1000);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::uint16_t c = 0; c < table().constructorCount; ++c) {
      int depth = 0;
      bool afterVector = false;
      for (std::uint16_t i = table().constructors[c].firstOp; i < table().constructors[c].endOp; ++i) {
        const SkipOp& op = table().ops[i];
        if (op.kind == SkipKind::Boxed && op.condition == 0 && !afterVector) {
          int least = 1000;
          for (std::uint16_t d = 0; d < table().constructorCount; ++d) {
            least = table().constructors[d].type == op.argument ? std::min(least, depths[d]) : least;
          }
          depth = std::max(depth, least + 1);
        }
        afterVector = isVector(op);
      }
      changed = changed || depth < depths[c];
      depths[c] = std::min(depths[c], depth);
    }
  }
  return depths;
}

const SkipConstructor& shallowest(std::uint16_t type) {
  static const std::vector<int> depths = leastDepths();
  const SkipConstructor* best = nullptr;
  for (std::uint16_t c = 0; c < table().constructorCount; ++c) {
    const SkipConstructor& candidate = table().constructors[c];
    if (candidate.type == type &&
        (best == nullptr || depths[c] < depths[static_cast<std::size_t>(best - table().constructors)])) {
      best = &candidate;
    }
  }
  return *best;
}

}  // namespace

Sampler::Sampler(std::uint64_t seed, bool noise) : random_(seed), noise_(noise) {}

Bytes Sampler::object(std::uint32_t id) {
  Bytes out;
  Writer writer(out);
  writer.uint32(id);
  fields(writer, *table().find(id), 0);
  return out;
}

void Sampler::fields(Writer& writer, const SkipConstructor& constructor, int depth) {
  std::uint32_t words[3] = {};
  const SkipOp* const end = table().ops + constructor.endOp;
  for (const SkipOp* op = table().ops + constructor.firstOp; op < end;) {
    if (op->kind == SkipKind::Flags) {
      words[op->argument] = flags(constructor, op->argument, depth);
      writer.uint32(words[op->argument]);
      ++op;
      continue;
    }
    const std::uint32_t bit = op->condition == 0 ? 0 : op->condition - 1U;
    op = value(writer, op, op->condition == 0 || (words[bit / 32] >> (bit % 32) & 1U) != 0, depth);
  }
}

std::uint32_t Sampler::flags(const SkipConstructor& constructor, std::uint16_t word, int depth) {
  std::uint32_t known = 0;
  for (std::uint16_t i = constructor.firstOp; i < constructor.endOp; ++i) {
    const std::uint32_t bit = table().ops[i].condition - 1U;
    if (table().ops[i].condition != 0 && bit / 32 == word) {
      known |= 1U << (bit % 32);
    }
  }
  const auto drawn = random_.u32();
  const std::uint32_t wanted = depth > 1 ? 0 : drawn & known;
  return noise_ ? wanted | (drawn & ~known) : wanted;
}

const SkipOp* Sampler::value(Writer& writer, const SkipOp* op, bool present, int depth) {
  if (!isVector(*op)) {
    if (present) {
      single(writer, *op, depth);
    }
    return op + 1;
  }
  const std::size_t count = !present || depth > 1 ? 0 : random_.below(3);
  if (present) {
    op->kind == SkipKind::Vector ? writer.vectorHeader(count) : writer.vectorCount(count);
  }
  for (std::size_t i = 0; i < count; ++i) {
    value(writer, op + 1, true, depth + 1);
  }
  while (isVector(*op)) {
    ++op;
  }
  return op + 1;
}

void Sampler::single(Writer& writer, const SkipOp& op, int depth) {
  switch (op.kind) {
    case SkipKind::Fixed:
      writer.raw(random_.bytes(op.argument));
      break;
    case SkipKind::String:
      writer.string(std::string(random_.below(random_.below(20) == 0 ? 300 : 9), 's'));
      break;
    case SkipKind::Bool:
      writer.boolean(random_.below(2) == 1);
      break;
    case SkipKind::Boxed: {
      const SkipConstructor* chosen = &shallowest(op.argument);
      const std::size_t start = random_.below(table().constructorCount);
      for (std::size_t i = 0; depth <= 1 && i < table().constructorCount; ++i) {
        const SkipConstructor& any = table().constructors[(start + i) % table().constructorCount];
        if (any.type == op.argument) {
          chosen = &any;
          break;
        }
      }
      writer.uint32(chosen->id);
      fields(writer, *chosen, depth + 1);
      break;
    }
    case SkipKind::Bare:
      fields(writer, table().constructors[op.argument], depth + 1);
      break;
    default:
      break;
  }
}

}  // namespace mtpool::tl
