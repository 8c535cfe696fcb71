// SPDX-License-Identifier: Apache-2.0
// A setting as data. The one table in settings.cc is the only source for the .env parser and writer,
// validation, the control protocol, the console's form, mtpoolctl config, --help and the docs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::config {

enum class Type { Int, Double, Bool, Duration, Text, Choice, Path, Url, Secret, List };
enum class Applies { Live, Restart };
enum class Origin { Default, File, Environment };
/// What a text must look like: an API hash, ADDRESS:PORT.
enum class Form { Any, HexDigits32, Address };

std::string_view name(Type type);      // int, double, bool, duration, text, choice, path, url, secret, list
std::string_view name(Origin origin);  // default, file, environment

struct Setting {
  std::string_view key;    // MTPROTO_MAX_CONCURRENT_USERS
  std::string_view group;  // pool, pool_more, collection, limits, telegram, storage, service, seeds
  std::string_view title;  // Max concurrent users
  std::string_view help;   // one sentence
  Type type = Type::Text;
  std::string_view unit;  // s, /s, empty
  std::string_view defaultValue;
  std::optional<double> min;
  std::optional<double> max;
  std::string_view choices;  // comma separated, for Choice
  Form form = Form::Any;     // of a text or a secret
  Applies applies = Applies::Live;
  bool readOnly = false;  // never through an API: a file only the operator's shell can write
  bool used = true;       // false: a key of the seeds that is accepted and reported, but does nothing yet
};

/// The table, in the order people should read it.
std::span<const Setting> allSettings();
/// nullptr when unknown.
const Setting* findSetting(std::string_view key);

/// A value in its canonical spelling (seconds for "15m", a comma list for a JSON array), or
/// Errc::InvalidConfig naming key, value and range ("must be 1 to 200").
Result<std::string> checkValue(const Setting& setting, std::string_view value);

/// A setting with its present value, for forms and lists.
struct SettingView {
  const Setting* setting = nullptr;
  std::string value;  // empty for a secret
  Origin origin = Origin::Default;
  bool pinned = false;          // set in the environment: cannot be changed here
  bool restartPending = false;  // the file differs from what runs until the next start
  std::string effectiveMax;     // where another setting bounds it (MTPROTO_USER_CEILING), else max
};

struct SettingsView {
  std::vector<SettingView> settings;
  std::string file;
  std::int64_t version = 0;
};

}  // namespace mtpool::config
