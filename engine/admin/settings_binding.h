// SPDX-License-Identifier: Apache-2.0
// From the registry to the structs components work with: the one place that knows which key feeds which
// field.
#pragma once

#include "engine/client/client_context.h"
#include "engine/collect/collector.h"
#include "engine/config/live_settings.h"
#include "engine/pool/pool_settings.h"

namespace mtpool::admin {

pool::PoolSettings poolSettings(const config::LiveSettings& settings);
collect::CollectSettings collectSettings(const config::LiveSettings& settings);
/// Debug, info, warn or error, for the log.
void applyLogLevel(const config::LiveSettings& settings);

}  // namespace mtpool::admin
