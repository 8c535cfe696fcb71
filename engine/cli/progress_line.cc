// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/progress_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

namespace {

using ::mtpool::control::v1::Progress;

// Without an expected count, targets are what is known.
double partDone(const Progress& p) {
  const auto done = p.expected() > 0 ? p.stored() : p.complete();
  const auto all = p.expected() > 0 ? p.expected() : p.targets();
  return all <= 0 ? 0 : std::clamp(static_cast<double>(done) / static_cast<double>(all), 0.0, 1.0);
}

}  // namespace

std::string progressWords(const Progress& p) {
  std::string line = fmt::format("{} of {} targets", grouped(p.complete()), grouped(p.targets()));
  if (p.failed() > 0) {
    line += fmt::format(" ({} failed)", grouped(p.failed()));
  }
  if (p.expected() > 0) {
    line += fmt::format(", {} of {} messages ({:.0f} %)", grouped(p.stored()), grouped(p.expected()),
                        std::min(99.0 + (p.complete() == p.targets() ? 1.0 : 0.0), partDone(p) * 100));
  } else {
    line += fmt::format(", {} messages", grouped(p.stored()));
  }
  line += fmt::format(", {}/s", rate(p.messages_per_second()).human);
  if (p.eta_s() >= 0) {
    line += fmt::format(", {} left", humanDuration(std::chrono::seconds(p.eta_s())));
  }
  if (!p.why().empty()) {
    line += fmt::format("; waits: {}", p.why());
  }
  return printable(line, 512);
}

std::string progressBar(const Progress& p, std::size_t width) {
  constexpr std::size_t kBar = 20;
  const auto full = static_cast<std::size_t>(partDone(p) * static_cast<double>(kBar));
  std::string line =
      fmt::format("[{}{}] {}", std::string(full, '#'), std::string(kBar - full, '.'), progressWords(p));
  while (displayWidth(line) >= width && !line.empty()) {
    // Whole characters only.
    while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80U) {
      line.pop_back();
    }
    line.pop_back();
  }
  return "\r\x1b[K" + line;
}

}  // namespace mtpool::cli
