// SPDX-License-Identifier: Apache-2.0
// An engine with nothing to do: how soon it is ready, what it holds, what it burns.
#pragma once

#include "bench/runner/figures.h"
#include "bench/runner/options.h"

namespace mtpool::bench {

Result<Figures> measureIdle(const Options& options);

}  // namespace mtpool::bench
