// SPDX-License-Identifier: Apache-2.0
// The parts of the generated text, one emitter each.
#pragma once

#include <string>
#include <vector>

#include "engine/tl/tlgen/plan.h"
#include "engine/tl/tlgen/text.h"

namespace mtpool::tlgen {

std::string emitHeader(const Plan& plan, const Section& section);
std::string emitSource(const Plan& plan, const Section& section);

}  // namespace mtpool::tlgen
