// SPDX-License-Identifier: Apache-2.0
// What the settings ask of a start, checked before anything is opened: a start and --check-config go through
// here, so that they refuse the same configurations with the same words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/client/client_context.h"
#include "engine/daemon/places.h"
#include "engine/net/tcp.h"

namespace mtpool::daemon {

struct StartPlan {
  Places places;
  std::vector<crypto::RsaPublicKey> serverKeys;
  client::DcDirectory directory;
  client::Application application;
  std::string databaseUrl;
  std::optional<net::Endpoint> health;  // nothing: switched off
};

/// Reads the file of MTPROTO_SERVER_KEYS and nothing else. Errc::InvalidConfig, InvalidArgument or
/// Unsupported names the setting at fault. What the machine may refuse later (a port in use, a directory) is
/// not asked.
Result<StartPlan> planStart(const config::LiveSettings& settings, Places places);

/// Worth saying about a configuration that can be started with, one line each.
std::vector<std::string> notesOn(const config::LiveSettings& settings, const StartPlan& plan);

}  // namespace mtpool::daemon
