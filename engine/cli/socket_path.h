// SPDX-License-Identifier: Apache-2.0
// Where the engine's socket may be.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::cli {

/// What main() found in the environment; empty = not set.
struct Environment {
  std::string socket;      // MTPOOL_SOCKET
  std::string runtimeDir;  // XDG_RUNTIME_DIR
  std::string stateHome;   // XDG_STATE_HOME
  std::string home;        // HOME
  bool noColor = false;    // NO_COLOR
};

/// What the command line said of it.
struct SocketChoice {
  std::string socket;  // --socket
  std::string config;  // --config
};

/// Paths to try, best first. Who names an engine (--socket, the MTPOOL_SOCKET of --config FILE,
/// $MTPOOL_SOCKET) means that one and no other; else the user's own, then the system's.
Result<std::vector<std::string>> findSockets(const SocketChoice& choice, const Environment& environment);

}  // namespace mtpool::cli
