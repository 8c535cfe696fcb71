// SPDX-License-Identifier: Apache-2.0
// The log front end: one event, one line, for a person reading one incident. The sink (telemetry/log_sink)
// is installed once at start; without one, lines go to standard error. Thread-safe.
//
//   log::info("pool", "lease granted account={} active={}/{}", alias, active, max);
//
// component = folder. error: someone must act · warn: the engine acted · info: life cycle · debug: off by
// default. Never log and return an error: the one who decides logs it. Text from outside goes through
// printable().
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace mtpool::log {

enum class Level { Debug, Info, Warn, Error };

using Sink = void (*)(Level level, std::string_view component, std::string_view line);

/// Install before threads start; nullptr puts standard error back.
void setSink(Sink sink);
void setLevel(Level level);
bool enabled(Level level);
void write(Level level, std::string_view component, std::string_view line);

template <class... Args>
void debug(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
  if (enabled(Level::Debug)) {
    write(Level::Debug, component, fmt::format(text, std::forward<Args>(args)...));
  }
}

template <class... Args>
void info(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
  if (enabled(Level::Info)) {
    write(Level::Info, component, fmt::format(text, std::forward<Args>(args)...));
  }
}

template <class... Args>
void warn(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
  write(Level::Warn, component, fmt::format(text, std::forward<Args>(args)...));
}

template <class... Args>
void error(std::string_view component, fmt::format_string<Args...> text, Args&&... args) {
  write(Level::Error, component, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace mtpool::log
