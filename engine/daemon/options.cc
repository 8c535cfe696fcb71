// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "engine/base/version.h"

namespace mtpool::daemon {

namespace {

constexpr int kUsage = 2;

}  // namespace

std::optional<Options> parseOptions(int argc, char** argv, int& exitCode) {
  Options out;
  CLI::App app("mtpoold: holds a pool of Telegram sessions and collects what they may read.", "mtpoold");
  app.add_option("--config", out.config, "the configuration file")->type_name("FILE");
  app.add_flag("--check-config", out.checkConfig, "say what is wrong with the configuration and exit");
  app.add_flag("--status", out.status, "print the pool's metrics of the running engine and exit");
  app.set_version_flag("--version", "mtpoold " + std::string(kVersion));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    exitCode = app.exit(asked);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "mtpoold: {}; see mtpoold --help\n", error.what());
    exitCode = kUsage;
    return std::nullopt;
  }
  return out;
}

}  // namespace mtpool::daemon
