// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

Outcome setSettings(const Invocation& invocation, const ConfigSetOptions& options) {
  v1::Envelope request;
  v1::SetSettings& wanted = *request.mutable_set_settings();
  for (const auto& change : options.changes) {
    const auto equals = change.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error(Errc::InvalidArgument,
                   fmt::format("\"{}\" is no change; write KEY=VALUE", printable(change)));
    }
    auto* entry = wanted.add_changes();
    entry->set_key(change.substr(0, equals));
    entry->set_value(change.substr(equals + 1));
  }
  wanted.set_dry_run(options.dryRun);
  wanted.set_comment(options.comment);
  MTP_TRY(auto engine, invocation.engine());
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  const v1::SetSettingsReply& reply = answer.set_settings_reply();
  std::vector<Column> columns{Column("key"), Column("before"), Column("after"), Column("applies")};
  Table table(std::move(columns));
  for (const auto& applied : reply.applied()) {
    table.add({Cell(applied.key()), Cell(applied.before()), Cell(applied.after()),
               Cell(applied.live() ? "live" : "at the next start")});
  }
  invocation.show(reply, table);
  for (const auto& warning : reply.warnings()) {
    say(fmt::format("warning: {}", warning));
  }
  if (options.dryRun) {
    say("Not applied (dry run).");
  } else if (reply.applied().empty()) {
    say("Nothing changed.");
  }
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
