// SPDX-License-Identifier: Apache-2.0
#include "engine/telemetry/log_sink.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "engine/base/log.h"

namespace mtpool::telemetry {

namespace {

spdlog::level::level_enum levelOf(log::Level level) {
  switch (level) {
    case log::Level::Debug:
      return spdlog::level::debug;
    case log::Level::Warn:
      return spdlog::level::warn;
    case log::Level::Error:
      return spdlog::level::err;
    default:
      return spdlog::level::info;
  }
}

spdlog::logger& sink() {
  static const auto logger = [] {
    auto made = std::make_shared<spdlog::logger>("mtpool", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_level(spdlog::level::trace);
    made->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %L %v",
                                                                    spdlog::pattern_time_type::utc));
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

void write(log::Level level, std::string_view component, std::string_view line) {
  sink().log(levelOf(level), "{} {}", component, line);
}

}  // namespace

void installLogSink() {
  log::setSink(write);
}

}  // namespace mtpool::telemetry
