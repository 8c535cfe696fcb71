// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/socket_path.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>

#include "engine/base/text.h"

namespace mtpool::cli {

namespace {

constexpr std::string_view kSystemSocket = "/run/mtpool/mtpool.sock";

std::string_view unquoted(std::string_view value) {
  value = trim(value);
  const bool quoted =
      value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
  return quoted ? value.substr(1, value.size() - 2) : value;
}

// The one key a client needs of the engine's configuration; the last line that sets it counts.
Result<std::optional<std::string>> socketIn(const std::string& file) {
  constexpr std::string_view kKey = "MTPOOL_SOCKET=";
  std::ifstream in(file);
  if (!in) {
    return Error(Errc::InvalidConfig, fmt::format("cannot read {}; check --config", printable(file)));
  }
  std::optional<std::string> found;
  for (std::string line; std::getline(in, line);) {
    auto text = trim(line);
    if (text.starts_with("export ")) {
      text = trim(text.substr(7));
    }
    if (text.starts_with(kKey)) {
      found = std::string(unquoted(text.substr(kKey.size())));
    }
  }
  return found;
}

}  // namespace

Result<std::vector<std::string>> findSockets(const SocketChoice& choice, const Environment& environment) {
  using Paths = std::vector<std::string>;
  if (!choice.socket.empty()) {
    return Paths(1, choice.socket);
  }
  if (!choice.config.empty()) {
    MTP_TRY(const auto named, socketIn(choice.config));
    if (named && !named->empty()) {
      return Paths(1, *named);
    }
  }
  if (!environment.socket.empty()) {
    return Paths(1, environment.socket);
  }
  Paths paths;
  if (!environment.runtimeDir.empty()) {
    paths.push_back(environment.runtimeDir + "/mtpool/mtpool.sock");
  } else if (!environment.stateHome.empty()) {
    paths.push_back(environment.stateHome + "/mtpool/mtpool.sock");
  } else if (!environment.home.empty()) {
    paths.push_back(environment.home + "/.local/state/mtpool/mtpool.sock");
  }
  paths.emplace_back(kSystemSocket);
  return paths;
}

}  // namespace mtpool::cli
