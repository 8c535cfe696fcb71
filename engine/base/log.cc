// SPDX-License-Identifier: Apache-2.0
#include "engine/base/log.h"

#include <atomic>
#include <cstdio>

namespace mtpool::log {

namespace {

std::atomic<Sink> currentSink{nullptr};
std::atomic<Level> currentLevel{Level::Info};

constexpr char kLetters[] = {'D', 'I', 'W', 'E'};

}  // namespace

void setSink(Sink sink) {
  currentSink.store(sink);
}

void setLevel(Level level) {
  currentLevel.store(level);
}

bool enabled(Level level) {
  return level >= currentLevel.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view component, std::string_view line) {
  if (!enabled(level)) {
    return;
  }
  if (Sink sink = currentSink.load(); sink != nullptr) {
    sink(level, component, line);
    return;
  }
  std::fprintf(stderr, "%c %.*s %.*s\n", kLetters[static_cast<int>(level)],
               static_cast<int>(component.size()), component.data(), static_cast<int>(line.size()),
               line.data());
}

}  // namespace mtpool::log
