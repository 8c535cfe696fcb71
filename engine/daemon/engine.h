// SPDX-License-Identifier: Apache-2.0
// The composition root: builds every part of the engine in order, runs it, and takes it down in reverse. The
// only place that knows all of them.
#pragma once

#include <memory>

#include "engine/config/live_settings.h"
#include "engine/daemon/start_plan.h"

namespace mtpool::daemon {

/// Runs until a stop is asked for (signal or control socket). The process's exit code; failures to start have
/// been told on standard error in one sentence.
int runEngine(config::LiveSettings settings, StartPlan plan);

/// 0 ok, 1 failed, 4 refused, 5 invalid configuration, 6 timed out: the exit codes of all programs.
int exitCodeFor(const Error& error);

}  // namespace mtpool::daemon
