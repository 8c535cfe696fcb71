// SPDX-License-Identifier: Apache-2.0
// The command line: what may stand on it, and which verb it runs.
#pragma once

#include "engine/cli/socket_path.h"
#include "engine/cli/terminal.h"

namespace mtpool::cli {

/// Runs one command and says what went wrong; returns the exit code.
int runCommandLine(int argc, const char* const* argv, const Environment& environment, Terminal terminal);

}  // namespace mtpool::cli
