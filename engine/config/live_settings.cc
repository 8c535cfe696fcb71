// SPDX-License-Identifier: Apache-2.0
#include "engine/config/live_settings.h"

#include <fmt/format.h>

#include <charconv>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/config/redact.h"

namespace mtpool::config {

Result<LiveSettings> LiveSettings::load(std::filesystem::path file, Environment environment) {
  LiveSettings out;
  out.path_ = std::move(file);
  out.environment_ = std::move(environment);
  MTP_TRY(FileText disk, readFile(out.path_));
  MTP_TRY(out.loaded_, parseFile(out.path_, std::move(disk)));
  out.warnings_ = out.warningsOnAccess(out.loaded_.disk);
  MTP_TRY(out.values_, out.valuesOf(out.loaded_.file, out.warnings_));
  MTP_DO(out.checkTogether(out.values_, out.loaded_.file));
  for (auto& [key, value] : out.values_) {
    value.running = value.wanted;
  }
  return out;
}

std::vector<std::string> LiveSettings::warningsOnAccess(const FileText& disk) const {
  std::vector<std::string> out;
  if (disk.writtenByOthers) {
    out.push_back(fmt::format(
        "{} may be written by others than its owner, who can then change what the engine does; set its mode "
        "to 0600 (chmod 600), until then no edit of it is taken over",
        path_.string()));
  } else if (disk.readByOthers) {
    out.push_back(
        fmt::format("{} may be read by others than its owner; set its mode to 0600", path_.string()));
  }
  return out;
}

Result<std::optional<std::string>> LiveSettings::accept(const Setting& setting, std::string_view value,
                                                        const std::string& where,
                                                        std::vector<std::string>& warnings) {
  auto checked = checkValue(setting, value);
  if (checked.ok()) {
    return std::optional<std::string>(std::move(*checked));
  }
  Error error = std::move(checked).error().in(where);
  // DEBUG=app:* means something to somebody else.
  if (setting.used) {
    return error;
  }
  warnings.push_back(fmt::format("{}; this version does not use it", error.text()));
  return std::optional<std::string>();
}

Result<std::map<std::string, LiveSettings::Value>> LiveSettings::valuesOf(
    const EnvFile& file, std::vector<std::string>& warnings) const {
  std::map<std::string, Value> values;
  for (const Setting& setting : allSettings()) {
    Value value;
    value.wanted = std::string(setting.defaultValue);
    values.emplace(setting.key, std::move(value));
  }
  for (const EnvFile::Entry& entry : file.entries()) {
    const Setting* setting = findSetting(entry.key);
    if (setting == nullptr) {
      warnings.push_back(
          fmt::format("{}: line {}: {} is not a setting of mtpool", path_.string(), entry.line, entry.key));
      continue;
    }
    const auto where = fmt::format("{}: line {}", path_.string(), entry.line);
    MTP_TRY(auto accepted, accept(*setting, entry.value, where, warnings));
    if (accepted) {
      values[entry.key].wanted = std::move(*accepted);
      values[entry.key].origin = Origin::File;
    }
  }
  for (const auto& [key, text] : environment_) {
    const Setting* setting = findSetting(key);
    if (setting == nullptr) {
      continue;
    }
    MTP_TRY(auto accepted, accept(*setting, text, "environment", warnings));
    if (!accepted) {
      continue;
    }
    values[key].wanted = std::move(*accepted);
    values[key].origin = Origin::Environment;
    values[key].pinned = true;
  }
  return values;
}

Result<void> LiveSettings::checkTogether(const std::map<std::string, Value>& values,
                                         const EnvFile& file) const {
  constexpr std::string_view kUsers = "MTPROTO_MAX_CONCURRENT_USERS";
  constexpr std::string_view kCeiling = "MTPROTO_USER_CEILING";
  const auto users = parseInt(values.at(std::string(kUsers)).wanted);
  const auto ceiling = parseInt(values.at(std::string(kCeiling)).wanted);
  if (!users || !ceiling || *users <= *ceiling) {
    return {};
  }
  Error error(Errc::InvalidConfig, fmt::format("{} must be 1 to {}, not \"{}\"; {}={} bounds it", kUsers,
                                               *ceiling, *users, kCeiling, *ceiling));
  for (const EnvFile::Entry& entry : file.entries()) {
    if (entry.key == kUsers || entry.key == kCeiling) {
      return std::move(error).in(fmt::format("{}: line {}", path_.string(), entry.line));
    }
  }
  return error;
}

const std::string& LiveSettings::value(std::string_view key) const {
  const auto it = values_.find(std::string(key));
  MTP_CHECK(it != values_.end());
  return it->second.running;
}

std::int64_t LiveSettings::integer(std::string_view key) const {
  return parseInt(value(key)).value_or(0);
}

double LiveSettings::number(std::string_view key) const {
  const std::string& text = value(key);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool LiveSettings::flag(std::string_view key) const {
  return value(key) == "true";
}

std::chrono::seconds LiveSettings::seconds(std::string_view key) const {
  return std::chrono::seconds(static_cast<std::int64_t>(number(key)));
}

std::vector<std::string> LiveSettings::list(std::string_view key) const {
  std::vector<std::string> out;
  std::string_view rest = value(key);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string_view item = trim(rest.substr(0, comma));
    if (!item.empty()) {
      out.emplace_back(item);
    }
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return out;
}

SettingsView LiveSettings::view(const std::string& group) const {
  SettingsView out;
  out.file = path_.string();
  out.version = version_;
  for (const Setting& setting : allSettings()) {
    if (!group.empty() && setting.group != group) {
      continue;
    }
    const Value& value = values_.at(std::string(setting.key));
    SettingView view;
    view.setting = &setting;
    view.value = setting.type == Type::Secret ? std::string() : value.wanted;
    view.origin = value.origin;
    view.pinned = value.pinned;
    view.restartPending = value.running != value.wanted;
    if (setting.key == "MTPROTO_MAX_CONCURRENT_USERS") {
      view.effectiveMax = values_.at("MTPROTO_USER_CEILING").wanted;
    }
    out.settings.push_back(std::move(view));
  }
  return out;
}

Result<ChangeOutcome> LiveSettings::change(const ChangeRequest& request) {
  if (request.expectedVersion != 0 && request.expectedVersion != version_) {
    return Error(Errc::Refused,
                 fmt::format("the settings have changed since (version {}, now {}); look again and repeat",
                             request.expectedVersion, version_));
  }
  EnvFile file = loaded_.file;
  for (const auto& [key, text] : request.changes) {
    const Setting* setting = findSetting(key);
    if (setting == nullptr) {
      return Error(
          Errc::InvalidConfig,
          fmt::format("{} is not a setting of mtpool; see: mtpoolctl config show", printable(key, 80)));
    }
    if (setting->readOnly) {
      return Error(Errc::Refused, fmt::format("{} can only be changed in {} by hand", key, path_.string()));
    }
    if (values_.at(key).pinned) {
      return Error(Errc::Refused,
                   fmt::format("{} is set in the engine's environment, which wins over the file; change "
                               "it there",
                               key));
    }
    MTP_TRY(const std::string canonical, checkValue(*setting, text));
    file.set(key, canonical);
  }
  std::vector<std::string> ignored;
  MTP_TRY(auto values, valuesOf(file, ignored));
  MTP_DO(checkTogether(values, {}));
  MTP_DO(checkEdits());
  if (!request.dryRun) {
    const std::string text = file.text();
    MTP_DO(replaceFile(path_, loaded_.disk.text, text));
    loaded_.file = std::move(file);
    loaded_.disk.text = text;
    loaded_.disk.exists = true;
    seen_.reset();
    return takeOver(std::move(values));
  }
  LiveSettings rehearsal = *this;
  ChangeOutcome outcome = rehearsal.takeOver(std::move(values));
  outcome.version = version_;
  return outcome;
}

Result<ChangeOutcome> LiveSettings::reload() {
  ChangeOutcome same;
  same.version = version_;
  MTP_TRY(FileText disk, readFile(path_));
  if (disk.text == loaded_.disk.text && disk.exists == loaded_.disk.exists) {
    seen_.reset();
    return same;
  }
  if (seen_ != disk) {
    seen_ = std::move(disk);
    return same;
  }
  seen_.reset();
  MTP_TRY(Edit edit, understand(std::move(disk)));
  loaded_ = std::move(edit.loaded);
  warnings_ = std::move(edit.warnings);
  ChangeOutcome outcome = takeOver(std::move(edit.values));
  outcome.warnings.insert(outcome.warnings.begin(), warnings_.begin(), warnings_.end());
  return outcome;
}

Result<LiveSettings::Edit> LiveSettings::understand(FileText disk) const {
  if (!disk.exists) {
    return Error(
        Errc::InvalidConfig,
        fmt::format("{} is gone; put it back, or an empty one for all the defaults", path_.string()));
  }
  if (disk.writtenByOthers) {
    return Error(Errc::InvalidConfig,
                 fmt::format("{} was changed and may be written by others than its owner; look who did it, "
                             "then chmod 600 {}",
                             path_.string(), path_.string()));
  }
  Edit edit;
  edit.warnings = warningsOnAccess(disk);
  MTP_TRY(edit.loaded, parseFile(path_, std::move(disk)));
  MTP_TRY(edit.values, valuesOf(edit.loaded.file, edit.warnings));
  MTP_DO(checkTogether(edit.values, edit.loaded.file));
  return edit;
}

Result<void> LiveSettings::checkEdits() const {
  MTP_TRY(FileText disk, readFile(path_));
  if (disk.text == loaded_.disk.text && disk.exists == loaded_.disk.exists) {
    return {};
  }
  const auto edit = understand(std::move(disk));
  if (!edit.ok()) {
    return Error(edit.error().code(),
                 edit.error().text() + "; nothing was set: mend that first, then repeat");
  }
  return {};
}

ChangeOutcome LiveSettings::takeOver(std::map<std::string, Value> values) {
  ChangeOutcome outcome;
  for (const Setting& setting : allSettings()) {
    const std::string key(setting.key);
    Value& next = values.at(key);
    const Value& present = values_.at(key);
    const bool live = setting.applies == Applies::Live;
    next.running = live ? next.wanted : present.running;
    if (next.wanted == present.wanted) {
      continue;
    }
    const bool secret = setting.type == Type::Secret;
    AppliedChange change;
    change.key = key;
    change.before = secret ? "•••" : withoutPasswords(present.wanted);
    change.after = secret ? "•••" : withoutPasswords(next.wanted);
    change.live = live;
    outcome.applied.push_back(std::move(change));
    if (!live) {
      outcome.restartRequired.push_back(key);
    }
  }
  values_ = std::move(values);
  if (!outcome.applied.empty()) {
    ++version_;
  }
  outcome.version = version_;
  outcome.warnings = advice();
  return outcome;
}

std::vector<std::string> LiveSettings::advice() const {
  std::vector<std::string> out;
  const auto wanted = [this](const char* key) { return parseInt(values_.at(key).wanted).value_or(0); };
  if (wanted("MTPROTO_IDLE_TIMEOUT") >= wanted("MTPROTO_SESSION_TIMEOUT")) {
    out.push_back("MTPROTO_IDLE_TIMEOUT is not below MTPROTO_SESSION_TIMEOUT, so it never fires");
  }
  return out;
}

std::vector<std::string> notesOn(const LiveSettings& settings) {
  std::vector<std::string> out = settings.warnings();
  for (const SettingView& view : settings.view("").settings) {
    if (!view.setting->used && view.origin != Origin::Default) {
      out.push_back(fmt::format("{} is known, but this version does not use it yet", view.setting->key));
    }
  }
  const auto advice = settings.advice();
  out.insert(out.end(), advice.begin(), advice.end());
  return out;
}

}  // namespace mtpool::config
