// SPDX-License-Identifier: Apache-2.0
#include "engine/daemon/places.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "engine/base/text.h"

namespace mtpool::daemon {

namespace {

bool isOurs(const std::string& name) {
  static constexpr std::array<std::string_view, 8> kPlaces{"HOME",
                                                           "XDG_STATE_HOME",
                                                           "XDG_CONFIG_HOME",
                                                           "XDG_RUNTIME_DIR",
                                                           "STATE_DIRECTORY",
                                                           "RUNTIME_DIRECTORY",
                                                           "CREDENTIALS_DIRECTORY",
                                                           "MTPOOL_CONFIG"};
  return std::find(kPlaces.begin(), kPlaces.end(), name) != kPlaces.end() ||
         config::findSetting(name) != nullptr;
}

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

config::Environment takeEnvironment(char** variables) {
  config::Environment out;
  for (char** variable = variables; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos && isOurs(std::string(text.substr(0, equals)))) {
      out[std::string(text.substr(0, equals))] = std::string(text.substr(equals + 1));
    }
  }
  return out;
}

Result<std::filesystem::path> findConfig(const config::Environment& environment, const std::string& option) {
  const std::filesystem::path named = option.empty() ? get(environment, "MTPOOL_CONFIG") : option;
  if (named.empty()) {
    return systemWide(environment) ? std::filesystem::path("/etc/mtpool/mtpool.env")
                                   : under(environment, "XDG_CONFIG_HOME", ".config") / "mtpool/mtpool.env";
  }
  std::error_code unknown;
  if (std::filesystem::status(named, unknown).type() == std::filesystem::file_type::not_found) {
    return Error(
        Errc::InvalidConfig,
        fmt::format("the configuration file {} does not exist; check {}, or make the file: an empty one "
                    "means all the defaults",
                    printable(named.string()), option.empty() ? "MTPOOL_CONFIG" : "--config"));
  }
  // What the engine says of it must hold wherever who asks stands.
  return std::filesystem::absolute(named);
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
