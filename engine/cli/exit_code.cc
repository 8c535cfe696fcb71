// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/exit_code.h"

namespace mtpool::cli {

ExitCode exitCodeOf(Errc code) {
  switch (code) {
    case Errc::PasswordNeeded:
      return ExitCode::Usage;
    case Errc::Unreachable:
    case Errc::ConnectionLost:
      return ExitCode::NoEngine;
    case Errc::Refused:
      return ExitCode::Refused;
    case Errc::InvalidArgument:
    case Errc::InvalidConfig:
    case Errc::CodeInvalid:
    case Errc::PasswordInvalid:
      return ExitCode::Invalid;
    case Errc::Timeout:
      return ExitCode::TimedOut;
    default:
      return ExitCode::Failed;
  }
}

}  // namespace mtpool::cli
