// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/cli/suggestion.h"

namespace mtpool::cli {

namespace {

std::string valueOf(const v1::Setting& setting) {
  if (setting.secret()) {
    return setting.origin() == "default" ? "" : "(set, not shown)";
  }
  return setting.value();
}

std::string rangeOf(const v1::Setting& setting) {
  if (setting.choices_size() > 0) {
    return fmt::format("{}", fmt::join(setting.choices(), ", "));
  }
  if (setting.min().empty() && setting.max().empty()) {
    return "";
  }
  return fmt::format("{} to {}", setting.min(), setting.max());
}

std::string appliesOf(const v1::Setting& setting) {
  if (setting.pinned()) {
    return "pinned by the environment";
  }
  if (setting.restart_pending()) {
    return "at the next start (pending)";
  }
  return setting.live() ? "live" : "at the next start";
}

Table settingTable(const v1::SettingsReply& reply) {
  std::vector<Column> columns{
      Column("key"),
      Column("value"),
      Column("unit"),
      Column("origin"),
      Column("applies"),
      Column("default", Column::kWide),
      Column("range", Column::kWide),
      Column("group", Column::kWide),
      Column("help", Column::kWide),
  };
  Table table(std::move(columns));
  for (const auto& setting : reply.settings()) {
    table.add({Cell(setting.key()), Cell(valueOf(setting)), Cell(setting.unit()), Cell(setting.origin()),
               Cell(appliesOf(setting)), Cell(setting.default_value()), Cell(rangeOf(setting)),
               Cell(setting.group()), Cell(setting.help())});
  }
  return table;
}

Result<v1::SettingsReply> loadSettings(ControlClient& engine, const std::string& group) {
  v1::Envelope request;
  request.mutable_list_settings()->set_group(group);
  MTP_TRY(auto answer, engine.ask(std::move(request)));
  return std::move(*answer.mutable_settings_reply());
}

// "did you mean A or B?", or else where all the names are.
std::string hint(std::string_view word, const std::vector<std::string>& known, std::string_view orElse) {
  const auto meant = closest(word, known);
  return meant.empty() ? std::string(orElse) : fmt::format("did you mean {}?", fmt::join(meant, " or "));
}

std::vector<std::string> keysOf(const v1::SettingsReply& all) {
  std::vector<std::string> keys;
  for (const auto& setting : all.settings()) {
    keys.push_back(setting.key());
  }
  return keys;
}

Error noGroup(const v1::SettingsReply& all, const std::string& group) {
  const auto keys = keysOf(all);
  if (std::ranges::find(keys, group) != keys.end()) {
    return {Errc::InvalidArgument,
            fmt::format("{0} is a setting and not a group; see: mtpoolctl config get {0} -o wide", group)};
  }
  std::vector<std::string> names;
  for (const auto& setting : all.settings()) {
    if (std::ranges::find(names, setting.group()) == names.end()) {
      names.push_back(setting.group());
    }
  }
  const auto groups = fmt::format("the groups are {}", fmt::join(names, ", "));
  names.insert(names.end(), keys.begin(), keys.end());
  return {Errc::InvalidArgument,
          fmt::format("there is no group {}; {}", printable(group), hint(group, names, groups))};
}

}  // namespace

Outcome showSettings(const Invocation& invocation, const std::string& group) {
  MTP_TRY(auto engine, invocation.engine());
  MTP_TRY(const auto reply, loadSettings(engine, group));
  if (reply.settings().empty() && !group.empty()) {
    MTP_TRY(const auto all, loadSettings(engine, ""));
    return noGroup(all, group);
  }
  invocation.show(reply, settingTable(reply));
  return ExitCode::Ok;
}

Outcome getSetting(const Invocation& invocation, const std::string& key) {
  MTP_TRY(auto engine, invocation.engine());
  MTP_TRY(const auto reply, loadSettings(engine, ""));
  for (const auto& setting : reply.settings()) {
    if (setting.key() != key) {
      continue;
    }
    if (invocation.format == Format::Table) {
      // The bare value, so that $(mtpoolctl config get KEY) works.
      print(printable(valueOf(setting), 64 * 1024) + "\n");
      return ExitCode::Ok;
    }
    v1::SettingsReply one;
    *one.add_settings() = setting;
    invocation.show(setting, settingTable(one));
    return ExitCode::Ok;
  }
  return Error(Errc::InvalidArgument,
               fmt::format("there is no setting {}; {}", printable(key),
                           hint(key, keysOf(reply), "mtpoolctl config show lists them all")));
}

}  // namespace mtpool::cli
