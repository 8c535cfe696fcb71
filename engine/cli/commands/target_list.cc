// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/commands.h"
#include "engine/cli/commands/target_table.h"

namespace mtpool::cli {

Outcome listTargets(const Invocation& invocation) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_list_targets();
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  invocation.show(answer.targets_reply(), targetTable(answer.targets_reply()));
  if (answer.targets_reply().targets().empty()) {
    say("No target yet: mtpoolctl target add @name");
  }
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
