// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

namespace {

std::string shown(const config::Setting& setting, std::string_view value) {
  return setting.type == config::Type::Secret ? std::string() : withoutPasswords(value);
}

std::string number(const std::optional<double>& bound) {
  return bound ? fmt::format("{}", *bound) : std::string();
}

void addChoices(std::string_view list, v1::Setting& to) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    to.add_choices(outgoing(list.substr(0, comma)));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
}

}  // namespace

void encode(const config::SettingView& from, v1::Setting& to) {
  const config::Setting& setting = *from.setting;
  to.set_key(outgoing(setting.key));
  to.set_title(outgoing(setting.title));
  to.set_help(outgoing(setting.help));
  to.set_type(std::string(config::name(setting.type)));
  to.set_unit(outgoing(setting.unit));
  to.set_value(shown(setting, from.value));
  to.set_default_value(shown(setting, setting.defaultValue));
  to.set_min(number(setting.min));
  to.set_max(from.effectiveMax.empty() ? number(setting.max) : outgoing(from.effectiveMax));
  addChoices(setting.choices, to);
  to.set_origin(std::string(config::name(from.origin)));
  to.set_pinned(from.pinned);
  to.set_live(setting.applies == config::Applies::Live);
  to.set_restart_pending(from.restartPending);
  to.set_secret(setting.type == config::Type::Secret);
  to.set_group(outgoing(setting.group));
  to.set_read_only(setting.readOnly);
}

void encode(const config::SettingsView& from, v1::SettingsReply& to) {
  for (const auto& setting : from.settings) {
    encode(setting, *to.add_settings());
  }
  to.set_file(outgoing(from.file));
  to.set_version(from.version);
}

std::string settingAtFault(const v1::SetSettings& asked, const Error& refusal) {
  const auto isKeyPart = [](char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  const std::string& text = refusal.text();
  std::string first;
  std::size_t firstAt = std::string::npos;
  for (const auto& change : asked.changes()) {
    const std::string& key = change.key();
    for (auto at = key.empty() ? std::string::npos : text.find(key); at < firstAt;
         at = text.find(key, at + 1)) {
      const std::size_t end = at + key.size();
      const bool whole =
          (at == 0 || !isKeyPart(text[at - 1])) && (end == text.size() || !isKeyPart(text[end]));
      if (whole) {
        first = key;
        firstAt = at;
      }
    }
  }
  return outgoing(first);
}

config::ChangeRequest decode(const v1::SetSettings& from) {
  config::ChangeRequest to;
  for (const auto& change : from.changes()) {
    to.changes.emplace_back(change.key(), change.value());
  }
  to.dryRun = from.dry_run();
  to.comment = from.comment();
  to.expectedVersion = from.expected_version();
  return to;
}

void encode(const config::ChangeOutcome& from, const config::SettingsView& known, v1::SetSettingsReply& to) {
  for (const auto& change : from.applied) {
    auto* applied = to.add_applied();
    applied->set_key(outgoing(change.key));
    applied->set_live(change.live);
    const auto found = std::ranges::find(known.settings, change.key,
                                         [](const config::SettingView& view) { return view.setting->key; });
    if (found != known.settings.end()) {
      applied->set_before(shown(*found->setting, change.before));
      applied->set_after(shown(*found->setting, change.after));
    }
  }
  for (const auto& key : from.restartRequired) {
    to.add_restart_required(outgoing(key));
  }
  for (const auto& warning : from.warnings) {
    to.add_warnings(outgoing(warning));
  }
  to.set_version(from.version);
}

}  // namespace mtpool::control::codec
