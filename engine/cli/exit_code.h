// SPDX-License-Identifier: Apache-2.0
// The exit codes every program of the product shares.
#pragma once

#include "engine/base/errc.h"

namespace mtpool::cli {

enum class ExitCode {
  Ok = 0,
  Failed = 1,
  Usage = 2,
  NoEngine = 3,
  Refused = 4,  // a role, a lock, a pinned setting
  Invalid = 5,  // a setting or value that cannot be
  TimedOut = 6,
  PartlyDone = 7
};

/// Unreachable and ConnectionLost mean the engine here: what the engine itself could not reach arrives as
/// another code (control_client.h). PasswordNeeded means: a secret is needed and there is no terminal to ask.
ExitCode exitCodeOf(Errc code);

}  // namespace mtpool::cli
