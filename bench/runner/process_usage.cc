// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/process_usage.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "bench/runner/child.h"

namespace mtpool::bench {

namespace {

std::int64_t statusBytes(pid_t pid, const std::string& key) {
  std::istringstream lines(readText(fmt::format("/proc/{}/status", pid)));
  std::string word;
  std::int64_t kib = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    if (words >> word >> kib && word == key) {
      return kib * 1024;
    }
  }
  return 0;
}

}  // namespace

std::chrono::microseconds cpuTime(pid_t pid) {
  const std::string stat = readText(fmt::format("/proc/{}/stat", pid));
  // The name may hold spaces and brackets: fields are counted from behind its last bracket.
  const std::size_t close = stat.rfind(')');
  if (close == std::string::npos) {
    return {};
  }
  std::istringstream fields(stat.substr(close + 1));
  constexpr int kBeforeUserTime = 11;
  std::string skipped;
  for (int i = 0; i < kBeforeUserTime; ++i) {
    fields >> skipped;
  }
  std::int64_t user = 0;
  std::int64_t system = 0;
  fields >> user >> system;
  return std::chrono::microseconds((user + system) * (1'000'000 / ::sysconf(_SC_CLK_TCK)));
}

std::chrono::nanoseconds cpuTimeOfThreads(pid_t pid) {
  std::int64_t total = 0;
  std::error_code failure;
  for (const auto& thread : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", pid), failure)) {
    std::istringstream fields(readText((thread.path() / "schedstat").string()));
    std::int64_t onCpu = 0;
    fields >> onCpu;
    total += onCpu;
  }
  return std::chrono::nanoseconds(total);
}

std::int64_t residentBytes(pid_t pid) {
  return statusBytes(pid, "VmRSS:");
}

std::int64_t peakResidentBytes(pid_t pid) {
  return statusBytes(pid, "VmHWM:");
}

}  // namespace mtpool::bench
