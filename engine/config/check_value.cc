// SPDX-License-Identifier: Apache-2.0
// One value against its setting: canonical spelling, or the sentence that says what it must be.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>

#include "engine/base/text.h"
#include "engine/config/setting.h"

namespace mtpool::config {

namespace {

constexpr std::size_t kLongestValue = 64 * 1024;

std::string rangeText(const Setting& setting) {
  const auto number = [](double v) {
    return std::floor(v) == v ? fmt::format("{:.0f}", v) : fmt::format("{}", v);
  };
  if (setting.min && setting.max) {
    return fmt::format("{} to {}", number(*setting.min), number(*setting.max));
  }
  return "a number";
}

Error outOfRange(const Setting& setting, std::string_view value) {
  const std::string shown = setting.type == Type::Secret ? "the value" : "\"" + printable(value, 80) + "\"";
  return {Errc::InvalidConfig, fmt::format("{} must be {}{}{}, not {}", setting.key, rangeText(setting),
                                           setting.unit.empty() ? "" : " ", setting.unit, shown)};
}

std::optional<double> parseNumber(std::string_view text) {
  double value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

// "90", "15m", "1.5h": the seconds.
std::optional<double> parseDuration(std::string_view text) {
  struct Suffix {
    std::string_view letters;
    double seconds;
  };

  static constexpr Suffix kSuffixes[] = {{"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  const auto number = text.substr(0, text.find_last_not_of("smhd") + 1);
  const auto letters = text.substr(number.size());
  if (letters.empty()) {
    return parseNumber(number);
  }
  for (const Suffix& suffix : kSuffixes) {
    if (letters == suffix.letters) {
      const auto value = parseNumber(trim(number));
      // A thousandth has no exact double: 90000 ms are 90 s all the same.
      return value ? std::optional(std::round(*value * suffix.seconds * 1000) / 1000) : std::nullopt;
    }
  }
  return std::nullopt;
}

// The names of a list, comma separated, whether it came so or as a JSON array of strings.
std::string plainList(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) {
    return std::string(text);
  }
  std::string_view rest = text.substr(1, text.size() - 2);
  std::string out;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view item = trim(rest.substr(0, comma));
    if (item.size() >= 2 && item.front() == '"' && item.back() == '"') {
      item = item.substr(1, item.size() - 2);
    }
    out += out.empty() || item.empty() ? "" : ",";
    out += item;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return out;
}

bool inRange(const Setting& setting, double value) {
  return (!setting.min || value >= *setting.min) && (!setting.max || value <= *setting.max);
}

Result<std::string> checkBool(const Setting& setting, std::string_view value) {
  std::string lower;
  for (const char c : value) {
    lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  if (lower == "true" || lower == "1" || lower == "yes" || lower == "on") {
    return std::string("true");
  }
  if (lower == "false" || lower == "0" || lower == "no" || lower == "off") {
    return std::string("false");
  }
  return Error(Errc::InvalidConfig,
               fmt::format("{} must be true or false, not \"{}\"", setting.key, printable(value, 80)));
}

Result<std::string> checkChoice(const Setting& setting, std::string_view value) {
  std::string_view rest = setting.choices;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (rest.substr(0, comma) == value) {
      return std::string(value);
    }
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return Error(Errc::InvalidConfig, fmt::format("{} must be one of {}, not \"{}\"", setting.key,
                                                setting.choices, printable(value, 80)));
}

// Never with the value: what has such a form is a secret.
Result<void> checkHexDigits(const Setting& setting, std::string_view value) {
  constexpr std::size_t kDigits = 32;
  const bool hex = value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (hex && value.size() == kDigits) {
    return {};
  }
  return Error(Errc::InvalidConfig,
               fmt::format("{} must be {} hexadecimal digits; the value has {} characters{}", setting.key,
                           kDigits, value.size(), hex ? "" : ", not all of them such digits"));
}

// Only the form: whether the address can be listened on is for the machine to say.
Result<void> checkAddress(const Setting& setting, std::string_view value) {
  constexpr std::int64_t kLastPort = 65535;
  const auto colon = value.rfind(':');
  const auto host = value.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const std::int64_t port =
      colon == std::string_view::npos ? -1 : parseInt(value.substr(colon + 1)).value_or(-1);
  const std::string number(bracketed ? host.substr(1, host.size() - 2) : host);
  in6_addr ignored{};
  const bool numeric = ::inet_pton(bracketed ? AF_INET6 : AF_INET, number.c_str(), &ignored) == 1;
  if (numeric && port >= 0 && port <= kLastPort) {
    return {};
  }
  return Error(Errc::InvalidConfig,
               fmt::format("{} must be an address in numbers, IPv4:PORT or [IPv6]:PORT, or empty, not \"{}\"",
                           setting.key, printable(value, 80)));
}

Result<void> checkForm(const Setting& setting, std::string_view value) {
  switch (setting.form) {
    case Form::Any:
      break;
    case Form::HexDigits32:
      return checkHexDigits(setting, value);
    case Form::Address:
      return checkAddress(setting, value);
  }
  return {};
}

// The file has one line a value; what cannot stand on a line of all its readers cannot be a value.
Result<void> checkText(const Setting& setting, std::string_view value) {
  if (value.size() > kLongestValue || !isCleanUtf8(value)) {
    return Error(Errc::InvalidConfig, fmt::format("{}: the value is too long or not text", setting.key));
  }
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '$' || c == '`' ||
        c == '\'') {
      return Error(
          Errc::InvalidConfig,
          fmt::format("{}: line breaks, quotes, backslashes, $ and ` cannot stand in a value", setting.key));
    }
  }
  return {};
}

}  // namespace

Result<std::string> checkValue(const Setting& setting, std::string_view value) {
  const std::string plain = setting.type == Type::List ? plainList(trim(value)) : std::string(trim(value));
  const std::string_view text = plain;
  MTP_DO(checkText(setting, text));
  if (text.empty()) {
    if (setting.defaultValue.empty()) {
      return std::string();
    }
    // HEALTH_BIND= switches the listener off; for everything else an empty value is a forgotten one.
    if (setting.type == Type::Text) {
      return std::string();
    }
    return Error(Errc::InvalidConfig,
                 fmt::format("{} has no value; its default is {}", setting.key, setting.defaultValue));
  }
  MTP_DO(checkForm(setting, text));
  switch (setting.type) {
    case Type::Int: {
      const auto number = parseInt(text);
      if (!number || !inRange(setting, static_cast<double>(*number))) {
        return outOfRange(setting, text);
      }
      return std::to_string(*number);
    }
    case Type::Double: {
      const auto number = parseNumber(text);
      if (!number || !inRange(setting, *number)) {
        return outOfRange(setting, text);
      }
      return std::string(text);
    }
    case Type::Duration: {
      constexpr double kLongest = 1e12;
      const auto seconds = parseDuration(text);
      if (!seconds || !inRange(setting, *seconds) || std::floor(*seconds) != *seconds ||
          std::abs(*seconds) > kLongest) {
        return outOfRange(setting, text);
      }
      return fmt::format("{:.0f}", *seconds);
    }
    case Type::Bool:
      return checkBool(setting, text);
    case Type::Choice:
      return checkChoice(setting, text);
    default:
      return std::string(text);
  }
}

}  // namespace mtpool::config
