// SPDX-License-Identifier: Apache-2.0
// Where things are: system paths for root and for services, XDG paths for everybody else; never what happens
// to be writable. The environment comes in as a value: only main reads it.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.h"
#include "engine/config/live_settings.h"

namespace mtpool::daemon {

struct Places {
  std::filesystem::path config;
  std::filesystem::path stateDir;
  std::filesystem::path socket;
};

/// The variables this program looks at, and every known setting, out of a process's environment.
config::Environment takeEnvironment(char** variables);

/// `option` is --config, empty if not given. Errc::InvalidConfig when it, or MTPOOL_CONFIG, names a file that
/// is not there; in the standard place a missing file means all the defaults.
Result<std::filesystem::path> findConfig(const config::Environment& environment, const std::string& option);
/// With MTPOOL_STATE_DIR and MTPOOL_SOCKET of the settings, else the standard places. Errc::InvalidConfig
/// when there is no home directory to put them in.
Result<Places> findPlaces(const config::Environment& environment, const config::LiveSettings& settings);

}  // namespace mtpool::daemon
