// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/places.h"

#include <unistd.h>

#include <cstdlib>

namespace mtpool::daemon {

namespace {

std::string get(const config::Environment& environment, const std::string& key) {
  const auto it = environment.find(key);
  return it == environment.end() ? std::string() : it->second;
}

bool systemWide(const config::Environment& environment) {
  return ::geteuid() == 0 || !get(environment, "STATE_DIRECTORY").empty() ||
         !get(environment, "RUNTIME_DIRECTORY").empty();
}

std::filesystem::path under(const config::Environment& environment, const std::string& variable,
                            const std::string& fallback) {
  const std::string value = get(environment, variable);
  if (!value.empty()) {
    return value;
  }
  const std::string home = get(environment, "HOME");
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / fallback;
}

}  // namespace

config::Environment readEnvironment() {
  config::Environment out;
  const auto take = [&out](const std::string& key) {
    if (const char* value = std::getenv(key.c_str()); value != nullptr) {
      out[key] = value;
    }
  };
  for (const char* key : {"HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "STATE_DIRECTORY",
                          "RUNTIME_DIRECTORY", "CREDENTIALS_DIRECTORY", "MTPOOL_CONFIG"}) {
    take(key);
  }
  for (const config::Setting& setting : config::allSettings()) {
    take(std::string(setting.key));
  }
  return out;
}

std::filesystem::path configPath(const config::Environment& environment, const std::string& option) {
  if (!option.empty()) {
    return option;
  }
  if (const std::string named = get(environment, "MTPOOL_CONFIG"); !named.empty()) {
    return named;
  }
  if (systemWide(environment)) {
    return "/etc/mtpool/mtpool.env";
  }
  return under(environment, "XDG_CONFIG_HOME", ".config") / "mtpool/mtpool.env";
}

Result<Places> findPlaces(const config::Environment& environment, const config::LiveSettings& settings) {
  Places out;
  out.config = settings.file();
  out.stateDir = settings.value("MTPOOL_STATE_DIR");
  out.socket = settings.value("MTPOOL_SOCKET");
  const bool system = systemWide(environment);
  if (out.stateDir.empty() && system) {
    const std::string given = get(environment, "STATE_DIRECTORY");
    out.stateDir = given.empty() ? "/var/lib/mtpool" : given;
  }
  if (out.stateDir.empty()) {
    const auto base = under(environment, "XDG_STATE_HOME", ".local/state");
    if (base.empty()) {
      return Error(Errc::InvalidConfig, "there is no HOME to keep the state in; set MTPOOL_STATE_DIR");
    }
    out.stateDir = base / "mtpool";
  }
  if (out.socket.empty() && system) {
    const std::string given = get(environment, "RUNTIME_DIRECTORY");
    out.socket =
        (given.empty() ? std::filesystem::path("/run/mtpool") : std::filesystem::path(given)) / "mtpool.sock";
  }
  if (out.socket.empty()) {
    const std::string runtime = get(environment, "XDG_RUNTIME_DIR");
    out.socket = runtime.empty() ? out.stateDir / "mtpool.sock"
                                 : std::filesystem::path(runtime) / "mtpool/mtpool.sock";
  }
  return out;
}

}  // namespace mtpool::daemon
