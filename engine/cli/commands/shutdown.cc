// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

Outcome shutDown(const Invocation& invocation, bool force) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_shutdown()->set_force(force);
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  say(force ? "The engine stops now." : "The engine finishes what it began, then stops.");
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
