// SPDX-License-Identifier: Apache-2.0
// Everything that can turn up inside the values we meet: the types reachable from the listed methods'
// parameters and answers, from Updates and from the built and projected types. The skip table covers exactly
// this.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/tl/tlgen/plan.h"

namespace mtpool::tlgen {

struct Closure {
  std::vector<std::string> types;  // index is the type's number in the table
  std::map<std::string, std::uint16_t> typeNumbers;
  std::vector<const Combinator*> constructors;  // of these types, then the listed methods
  std::map<std::string, std::uint16_t> constructorNumbers;
};

/// An error names a field whose type the schema does not have.
Result<Closure> closureOf(const Plan& plan, const List& views);

/// ids.h, skip_types.h and skip_table.cc.
std::vector<Output> emitSkip(const Plan& plan, const Closure& closure);

}  // namespace mtpool::tlgen
