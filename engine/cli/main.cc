// SPDX-License-Identifier: Apache-2.0
// mtpoolctl: the command line of mtpool.
#include <csignal>
#include <cstdlib>

#include "engine/cli/arguments.h"

int main(int argc, char** argv) {
  using namespace mtpool::cli;  // NOLINT(google-build-using-namespace)
  // A closed pipe is the end of output, not of the program.
  std::signal(SIGPIPE, SIG_IGN);
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  Environment environment;
  environment.socket = variable("MTPOOL_SOCKET");
  environment.runtimeDir = variable("XDG_RUNTIME_DIR");
  environment.stateHome = variable("XDG_STATE_HOME");
  environment.home = variable("HOME");
  environment.noColor = !variable("NO_COLOR").empty();
  return runCommandLine(argc, argv, environment, Terminal::ofProcess(environment.noColor));
}
