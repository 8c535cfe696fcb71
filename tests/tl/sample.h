// SPDX-License-Identifier: Apache-2.0
// Valid serialised objects of any constructor in the skip table, made from a seed.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/base/random.h"
#include "engine/tl/skip.h"
#include "engine/tl/writer.h"

namespace mtpool::tl {

class Sampler {
 public:
  /// `noise` also sets flag bits that carry no value (`true` fields, bits of newer layers).
  explicit Sampler(std::uint64_t seed, bool noise = false);

  /// Id and fields. Fields are full near the root and as short as the schema allows further in.
  Bytes object(std::uint32_t id);

 private:
  void fields(Writer& writer, const SkipConstructor& constructor, int depth);
  const SkipOp* value(Writer& writer, const SkipOp* op, bool present, int depth);
  void single(Writer& writer, const SkipOp& op, int depth);
  std::uint32_t flags(const SkipConstructor& constructor, std::uint16_t word, int depth);

  SeededRandom random_;
  bool noise_;
};

}  // namespace mtpool::tl
