// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/config/redact.h"
#include "engine/config/setting.h"

namespace mtpool::cli {

namespace {

bool isSecret(const config::Setting* setting) {
  return setting != nullptr && setting->type == config::Type::Secret;
}

// Every user of this machine can read an argument, so what must stay secret comes from a file or a person.
Result<std::string> secretFromPerson(const Invocation& invocation, const std::string& key) {
  if (!invocation.terminal.input) {
    return Error(
        Errc::PasswordNeeded,
        fmt::format("{} is a secret and there is no terminal to ask for it; write {}=@FILE", key, key));
  }
  MTP_TRY(const auto typed, prompt(fmt::format("{}: ", key), Echo::Off));
  return std::string(trim(typed.reveal()));
}

Result<std::string> valueOf(const std::string& key, const std::string& given) {
  if (given.starts_with('@')) {
    MTP_TRY(const auto line, readSecretFile(given.substr(1), fmt::format("value of {}", key)));
    return std::string(trim(line.reveal()));
  }
  const bool secret = isSecret(config::findSetting(key)) && !given.empty();
  if (secret || config::withoutPasswords(given) != given) {
    return Error(
        Errc::PasswordNeeded,
        fmt::format("{0}=… would show the secret to every user of this machine; put it into a file and "
                    "write {0}=@FILE",
                    printable(key)));
  }
  return given;
}

Result<void> addChange(const Invocation& invocation, const std::string& change, v1::SetSettings& wanted) {
  const auto equals = change.find('=');
  const auto key = change.substr(0, equals);
  const bool asked = equals == std::string::npos && isSecret(config::findSetting(key));
  if (key.empty() || (equals == std::string::npos && !asked)) {
    return Error(Errc::InvalidArgument,
                 fmt::format("\"{}\" is no change; write KEY=VALUE or KEY=@FILE", printable(change)));
  }
  MTP_TRY(auto value, asked ? secretFromPerson(invocation, key) : valueOf(key, change.substr(equals + 1)));
  auto* entry = wanted.add_changes();
  entry->set_key(key);
  entry->set_value(std::move(value));
  return {};
}

}  // namespace

Outcome setSettings(const Invocation& invocation, const ConfigSetOptions& options) {
  v1::Envelope request;
  v1::SetSettings& wanted = *request.mutable_set_settings();
  for (const auto& change : options.changes) {
    MTP_DO(addChange(invocation, change, wanted));
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
