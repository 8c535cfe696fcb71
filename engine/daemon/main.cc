// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <system_error>

#include "engine/daemon/engine.h"
#include "engine/daemon/options.h"
#include "engine/daemon/status_text.h"

namespace {

using mtpool::config::LiveSettings;

int fail(const mtpool::Error& error) {
  fmt::print(stderr, "mtpoold: {}\n", error.text());
  return mtpool::daemon::exitCodeFor(error);
}

// The memory of this process holds the master key and the keys of every account: no core file, whatever the
// limits of whoever started it, and no other process of the same user may look into it.
void keepMemoryPrivate() {
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0) {
    fmt::print(stderr, "mtpoold: warning: the system may write keys into a core file: {}\n",
               std::generic_category().message(errno));
  }
}

int run(const mtpool::daemon::Options& options) {
  const auto environment = mtpool::daemon::takeEnvironment(environ);
  const auto file = mtpool::daemon::findConfig(environment, options.config);
  if (!file.ok()) {
    return fail(file.error());
  }
  auto settings = LiveSettings::load(*file, environment);
  if (!settings.ok()) {
    return fail(settings.error());
  }
  const auto places = mtpool::daemon::findPlaces(environment, *settings);
  if (!places.ok()) {
    return fail(places.error());
  }
  if (options.status) {
    return mtpool::daemon::printStatus(places->socket.string());
  }
  auto plan = mtpool::daemon::planStart(*settings, *places);
  if (!plan.ok()) {
    return fail(plan.error());
  }
  if (options.checkConfig) {
    for (const auto& note : mtpool::daemon::notesOn(*settings, *plan)) {
      fmt::print("{}\n", note);
    }
    const bool exists = std::filesystem::exists(*file);
    fmt::print("{}{}{}\n", exists ? "" : "there is no ", file->string(),
               exists ? " is valid" : "; every setting has its default");
    return 0;
  }
  return mtpool::daemon::runEngine(std::move(*settings), std::move(*plan));
}

}  // namespace

int main(int argc, char** argv) {
  keepMemoryPrivate();
  int exitCode = 0;
  const auto options = mtpool::daemon::parseOptions(argc, argv, exitCode);
  if (!options) {
    return exitCode;
  }
  // Start-up is the one place where library exceptions may end the process.
  try {
    return run(*options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "mtpoold: {}\n", error.what());
    return 1;
  }
}
