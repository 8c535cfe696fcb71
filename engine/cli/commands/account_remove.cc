// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

Outcome removeAccount(const Invocation& invocation, const std::string& alias, bool keepAuthorisation) {
  MTP_TRY(auto engine, invocation.engine());
  MTP_DO(invocation.confirm(
      keepAuthorisation ? fmt::format("Forget account {} here? It stays logged in at Telegram.", alias)
                        : fmt::format("Log account {} out at Telegram and forget it?", alias)));
  v1::Envelope request;
  request.mutable_remove_account()->set_alias(alias);
  request.mutable_remove_account()->set_keep_authorisation(keepAuthorisation);
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  say(fmt::format("Account {} removed{}.", alias, keepAuthorisation ? ", still logged in at Telegram" : ""));
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
