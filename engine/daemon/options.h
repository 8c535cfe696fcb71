// SPDX-License-Identifier: Apache-2.0
// The command line of mtpoold.
#pragma once

#include <optional>
#include <string>

namespace mtpool::daemon {

struct Options {
  std::string config;
  bool checkConfig = false;
  bool status = false;
};

/// nullopt when the program is done (--help, --version, a usage error): exit with `exitCode`.
std::optional<Options> parseOptions(int argc, char** argv, int& exitCode);

}  // namespace mtpool::daemon
