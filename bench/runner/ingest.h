// SPDX-License-Identifier: Apache-2.0
// Whole channels from a simulated Telegram into SQLite: what a message costs the engine.
#pragma once

#include "bench/runner/figures.h"
#include "bench/runner/options.h"

namespace mtpool::bench {

/// options.runs times, each on a fresh state and database. An error when a message is missing or the protocol
/// was broken: a wrong result has no speed.
Result<Figures> measureIngest(const Options& options);

}  // namespace mtpool::bench
