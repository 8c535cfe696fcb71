// SPDX-License-Identifier: Apache-2.0
#include "engine/config/env_file.h"

#include <fmt/format.h>

#include <unordered_map>

#include "engine/base/text.h"
#include "engine/config/setting.h"

namespace mtpool::config {

namespace {

constexpr std::size_t kLargestFile = 1 << 20;

Error badLine(int line, std::string_view why) {
  return {Errc::InvalidConfig, fmt::format("line {}: {}", line, why)};
}

bool keyChar(char c, bool first) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

Error badValue(std::string_view why) {
  return {Errc::InvalidConfig, std::string(why)};
}

Result<std::string> parseValue(std::string_view text) {
  text = trim(text);
  // A JSON array of a list: its quotes are only decoration, so it does not matter who takes them away.
  const auto isArray = [](std::string_view t) { return t.starts_with('[') && t.ends_with(']'); };
  const bool quoted = !text.empty() && (text.front() == '"' || text.front() == '\'');
  if (quoted) {
    const auto close = text.find(text.front(), 1);
    if (close == std::string_view::npos) {
      return badValue("the quote is not closed");
    }
    if (close + 1 != text.size()) {
      return badValue("there is text after the closing quote; comments stand on lines of their own");
    }
    text = text.substr(1, close - 1);
  } else if (text.find(" #") != std::string_view::npos) {
    return badValue(
        "a comment after a value is read differently by bash and docker; give it a line of its own");
  }
  if (text.find_first_of(isArray(text) ? "$`\\" : "$`\\\"") != std::string_view::npos) {
    return badValue(
        "quotes, backslashes, $ and ` inside a value are read differently by bash, systemd and docker");
  }
  return std::string(text);
}

Result<EnvFile::Entry> parseLine(std::string_view text, int line) {
  if (text.starts_with("export ")) {
    return badLine(line, "write KEY=value without export");
  }
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) {
    // Only what is known to be a key: another word could be a piece of a secret.
    const auto word = text.substr(0, text.find_first_of(" \t:"));
    return badLine(line, fmt::format("{}there is no '='; write KEY=value, or # before a comment",
                                     findSetting(word) == nullptr ? "" : fmt::format("{}: ", word)));
  }
  EnvFile::Entry entry;
  entry.line = line;
  entry.key = std::string(text.substr(0, equals));
  bool first = true;
  for (const char c : entry.key) {
    if (!keyChar(c, first)) {
      return badLine(line,
                     fmt::format("\"{}\" cannot be a key; use letters, digits and _ right before the '='",
                                 printable(entry.key, 60)));
    }
    first = false;
  }
  if (entry.key.empty()) {
    return badLine(line, "the key is missing");
  }
  auto value = parseValue(text.substr(equals + 1));
  if (!value.ok()) {
    return badLine(line, std::move(value).error().in(entry.key).text());
  }
  entry.value = std::move(*value);
  return entry;
}

}  // namespace

Result<EnvFile> EnvFile::parse(std::string_view text) {
  EnvFile out;
  if (text.size() > kLargestFile) {
    return Error(Errc::InvalidConfig, "the file is larger than 1 MiB");
  }
  out.endsWithNewline_ = text.empty() || text.back() == '\n';
  int number = 0;
  std::unordered_map<std::string, int> lineOf;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    ++number;
    out.lines_.emplace_back(line);
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') {
      continue;
    }
    if (!isCleanUtf8(content)) {
      return badLine(number, "it is not text (UTF-8)");
    }
    MTP_TRY(Entry entry, parseLine(content, number));
    if (const auto [known, isNew] = lineOf.emplace(entry.key, number); !isNew) {
      return badLine(number, fmt::format("{} stands in line {} already", entry.key, known->second));
    }
    out.entries_.push_back(std::move(entry));
  }
  return out;
}

std::optional<std::string> EnvFile::value(std::string_view key) const {
  for (const Entry& entry : entries_) {
    if (entry.key == key) {
      return entry.value;
    }
  }
  return std::nullopt;
}

void EnvFile::set(std::string_view key, std::string_view value) {
  // Quotes only where a space would end the value for somebody.
  const bool quote = value.find(' ') != std::string_view::npos || value.find('#') != std::string_view::npos;
  std::string line = quote ? fmt::format("{}=\"{}\"", key, value) : fmt::format("{}={}", key, value);
  for (Entry& entry : entries_) {
    if (entry.key == key) {
      entry.value = std::string(value);
      lines_[static_cast<std::size_t>(entry.line - 1)] = std::move(line);
      return;
    }
  }
  lines_.push_back(std::move(line));
  endsWithNewline_ = true;
  entries_.push_back(Entry{static_cast<int>(lines_.size()), std::string(key), std::string(value)});
}

std::string EnvFile::text() const {
  std::string out;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    out += lines_[i];
    if (i + 1 < lines_.size() || endsWithNewline_) {
      out.push_back('\n');
    }
  }
  return out;
}

}  // namespace mtpool::config
