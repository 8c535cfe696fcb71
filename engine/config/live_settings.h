// SPDX-License-Identifier: Apache-2.0
// The values in force, where each comes from, and the one way to change them: environment over file over
// default. Pure of I/O but for the file itself; one thread (the hall's shard).
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/config/change.h"
#include "engine/config/config_file.h"
#include "engine/config/setting.h"

namespace mtpool::config {

using Environment = std::map<std::string, std::string>;

class LiveSettings {
 public:
  /// Reads the file. Errc::InvalidConfig (file and line) for a line that cannot be parsed or a value out of
  /// range; unknown keys, bad values of keys this version does not use, and a mode wider than 0600 become
  /// warnings.
  static Result<LiveSettings> load(std::filesystem::path file, Environment environment);

  /// The canonical value in force; empty when unset without a default.
  const std::string& value(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;
  double number(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::chrono::seconds seconds(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;

  SettingsView view(const std::string& group) const;

  /// Checks and, unless dryRun, writes the file and takes the live ones over. Refused for pinned keys,
  /// read-only ones and an expectedVersion that is past; InvalidConfig names the key, or the line of the file
  /// that was edited meanwhile and is wrong. All or nothing.
  Result<ChangeOutcome> change(const ChangeRequest& request);

  /// The file may have changed outside: takes it over when all of it is valid, else an error (file, line,
  /// reason) and everything stays. An outcome without changes when the text is what we know, and at the first
  /// sight of another one: an editor may be in the middle of writing it. Only what is found twice in a row
  /// counts, for good or bad; a file that vanished is trouble, not an empty one.
  Result<ChangeOutcome> reload();

  /// The file was found changed once: look again soon.
  bool unsettled() const { return seen_.has_value(); }

  /// A second opinion on values that are each in range: warnings for people.
  std::vector<std::string> advice() const;

  const std::vector<std::string>& warnings() const { return warnings_; }

  std::int64_t version() const { return version_; }

  const std::filesystem::path& file() const { return path_; }

 private:
  struct Value {
    std::string running;  // in force
    std::string wanted;   // after the next start
    Origin origin = Origin::Default;
    bool pinned = false;
  };

  Result<std::map<std::string, Value>> valuesOf(const EnvFile& file,
                                                std::vector<std::string>& warnings) const;
  /// `value` of `setting` from `where`: for a key this version uses an error when it is wrong, else a warning
  /// and nothing.
  static Result<std::optional<std::string>> accept(const Setting& setting, std::string_view value,
                                                   const std::string& where,
                                                   std::vector<std::string>& warnings);
  std::vector<std::string> warningsOnAccess(const FileText& disk) const;
  /// `file`, if any of it is at fault, is named with its line.
  Result<void> checkTogether(const std::map<std::string, Value>& values, const EnvFile& file) const;

  /// What an edit made outside means, or why it cannot be taken over.
  struct Edit {
    LoadedFile loaded;
    std::map<std::string, Value> values;
    std::vector<std::string> warnings;
  };

  Result<Edit> understand(FileText disk) const;
  /// A change is written into the text we know: an edit that cannot be taken over must be mended first.
  Result<void> checkEdits() const;
  ChangeOutcome takeOver(std::map<std::string, Value> values);

  std::filesystem::path path_;
  Environment environment_;
  LoadedFile loaded_;
  std::optional<FileText> seen_;  // another text than loaded_, found at the last look
  std::map<std::string, Value> values_;
  std::vector<std::string> warnings_;
  std::int64_t version_ = 1;
};

/// What --check-config and config validate print: one line a finding.
std::vector<std::string> notesOn(const LiveSettings& settings);

}  // namespace mtpool::config
