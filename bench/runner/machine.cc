// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/machine.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>

#include "bench/runner/child.h"
#include "engine/base/clock.h"
#include "engine/base/text.h"

namespace mtpool::bench {

namespace {

std::string cpuModel() {
  std::istringstream lines(readText("/proc/cpuinfo"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("model name")) {
      return std::string(trim(line.substr(line.find(':') + 1)));
    }
  }
  return "unknown";
}

/// What git says, empty when it says nothing within some seconds.
std::string git(const std::vector<std::string>& words) {
  std::string folder = (std::filesystem::temp_directory_path() / "mtpool-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return {};
  }
  std::vector<std::string> arguments{"/usr/bin/git", "-C", MTPOOL_SOURCE_DIR, "-c",
                                     "safe.directory=" MTPOOL_SOURCE_DIR};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::string said;
  if (auto child = Child::start(folder, "git", arguments); child.ok()) {
    const MonoTime deadline = SystemClock().mono() + std::chrono::seconds(10);
    while (!child->exited() && SystemClock().mono() < deadline) {
      restShortly(std::chrono::milliseconds(5));
    }
    said = child->exited() == 0 ? readText(child->outputFile()) : "";
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return said;
}

}  // namespace

Machine thisMachine() {
  Machine machine;
  machine.commit = std::string(trim(git({"rev-parse", "--short=12", "HEAD"})));
  if (!machine.commit.empty() && !git({"status", "--porcelain", "--untracked-files=no"}).empty()) {
    machine.commit += "+";
  }
  machine.cpu = cpuModel();
  utsname names{};
  if (::uname(&names) == 0) {
    machine.kernel = fmt::format("{} {}", names.sysname, names.release);
  }
  machine.compiler = "g++ " __VERSION__;
  machine.build = MTPOOL_BUILD_FLAGS;
  if (::getloadavg(&machine.load, 1) != 1) {
    machine.load = 0;
  }
  machine.cores = std::thread::hardware_concurrency();
  return machine;
}

std::string describe(const Machine& machine) {
  return fmt::format("{}, {} cores, load {:.1f}, {}\ncommit {}, {}, {}\n", machine.cpu, machine.cores,
                     machine.load, machine.kernel, machine.commit.empty() ? "unknown" : machine.commit,
                     machine.compiler, machine.build);
}

}  // namespace mtpool::bench
