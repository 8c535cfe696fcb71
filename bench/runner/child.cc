// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "engine/base/clock.h"

namespace mtpool::bench {

namespace {

constexpr int kSignalled = 128;
constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;

}  // namespace

Result<Child> Child::start(const std::string& folder, const std::string& name,
                           const std::vector<std::string>& arguments) {
  Child child(name, fmt::format("{}/{}.out", folder, name), fmt::format("{}/{}.err", folder, name));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, child.output_.c_str(), kWrite, 0600);
  ::posix_spawn_file_actions_addopen(&actions, 2, child.errors_.c_str(), kWrite, 0600);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn does not write to them
  }
  argv.push_back(nullptr);
  std::string home = "HOME=" + folder;
  std::string path = "PATH=/usr/bin:/bin";
  std::string locale = "LC_ALL=C.UTF-8";
  char* environment[] = {home.data(), path.data(), locale.data(), nullptr};
  const int failure =
      ::posix_spawn(&child.pid_, arguments[0].c_str(), &actions, nullptr, argv.data(), environment);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    child.pid_ = -1;
    return Error(Errc::Io, fmt::format("{} cannot be started ({}); build it, or name its folder with --bin",
                                       arguments[0], std::strerror(failure)));
  }
  return child;
}

Child::Child(Child&& other) noexcept
    : name_(std::move(other.name_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)),
      pid_(std::exchange(other.pid_, -1)),
      code_(other.code_) {}

Child::~Child() {
  if (pid_ > 0 && !exited()) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

std::optional<int> Child::exited() {
  int status = 0;
  if (!code_ && ::waitpid(pid_, &status, WNOHANG) == pid_) {
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
  }
  return code_;
}

int Child::stop(std::chrono::seconds patience) {
  if (!exited()) {
    ::kill(pid_, SIGTERM);
  }
  const MonoTime deadline = SystemClock().mono() + patience;
  while (!exited()) {
    if (SystemClock().mono() >= deadline) {
      ::kill(pid_, SIGKILL);
    }
    restShortly(std::chrono::milliseconds(10));
  }
  return *code_;
}

void restShortly(std::chrono::milliseconds time) {
  ::poll(nullptr, 0, static_cast<int>(time.count()));
}

std::string readText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace mtpool::bench
