// SPDX-License-Identifier: Apache-2.0
// A .env file as lines: parsed strictly into the subset that bash, systemd and docker read alike, rewritten
// without losing a comment, an empty line or the order. Pure text; reading and replacing the file is
// config_file.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace mtpool::config {

class EnvFile {
 public:
  struct Entry {
    int line = 0;  // counted from 1
    std::string key;
    std::string value;
  };

  /// KEY=value or KEY="value"; comments start a line with #. Errc::InvalidConfig with line, key and reason
  /// (never the value) for anything else (export, $, backslashes, unclosed quotes, text after a quote, a key
  /// twice). At most 1 MiB.
  static Result<EnvFile> parse(std::string_view text);

  const std::vector<Entry>& entries() const { return entries_; }

  std::optional<std::string> value(std::string_view key) const;

  /// Replaces the value where the key stands, or appends a line. The value must have passed checkValue.
  void set(std::string_view key, std::string_view value);

  /// The whole text, byte for byte as parsed where nothing was set.
  std::string text() const;

 private:
  std::vector<std::string> lines_;  // without line ends
  std::vector<Entry> entries_;
  bool endsWithNewline_ = true;
};

}  // namespace mtpool::config
