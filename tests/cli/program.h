// SPDX-License-Identifier: Apache-2.0
// The real mtpoolctl, run as a user runs it: in pipes, or on a terminal somebody types at.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "engine/base/check.h"

namespace mtpool::test {

using Words = std::vector<std::string>;

struct Ended {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Everything else of the environment is gone: no HOME, no XDG_….
class Program {
 public:
  explicit Program(Words words, Words environment = {})
      : words_(std::move(words)), environment_(std::move(environment)) {
    words_.insert(words_.begin(), MTPOOL_BIN_DIR "/mtpoolctl");
    environment_.emplace_back("PATH=/usr/bin:/bin");
  }

  /// Standard input is `input`, then ends.
  Ended run(const std::string& input = "") {
    int in[2];
    int out[2];
    int err[2];
    MTP_CHECK(::pipe2(in, O_CLOEXEC) == 0 && ::pipe2(out, O_CLOEXEC) == 0 && ::pipe2(err, O_CLOEXEC) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      ::dup2(err[1], 2);
      execute();
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    MTP_CHECK(::write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
    ::close(in[1]);
    Ended ended;
    readBoth(out[0], ended.out, err[0], ended.err);
    ended.exit = exitOf(child);
    return ended;
  }

 private:
  friend class TerminalRun;

  [[noreturn]] void execute() {
    std::vector<char*> arguments;
    std::vector<char*> variables;
    for (auto& word : words_) {
      arguments.push_back(word.data());
    }
    for (auto& variable : environment_) {
      variables.push_back(variable.data());
    }
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }

  static bool take(int fd, std::string& into) {
    char buffer[4096];
    const auto n = ::read(fd, buffer, sizeof buffer);
    into.append(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
    return n > 0;
  }

  static void readBoth(int first, std::string& one, int second, std::string& two) {
    pollfd ends[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
      if (::poll(ends, 2, kPatienceMs) <= 0) {
        break;
      }
      for (int i = 0; i < 2; ++i) {
        if (ends[i].revents != 0 && !take(ends[i].fd, i == 0 ? one : two)) {
          ::close(ends[i].fd);
          ends[i].fd = -1;
        }
      }
    }
  }

  static int exitOf(pid_t child) {
    int status = 0;
    MTP_CHECK(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  static constexpr int kPatienceMs = 60'000;

  Words words_;
  Words environment_;
};

/// mtpoolctl on a pseudo-terminal.
class TerminalRun {
 public:
  explicit TerminalRun(Program program) {
    winsize size{};
    size.ws_col = 200;
    size.ws_row = 50;
    child_ = ::forkpty(&master_, nullptr, nullptr, &size);
    if (child_ == 0) {
      program.execute();
    }
    MTP_CHECK(child_ > 0);
  }

  TerminalRun(const TerminalRun&) = delete;
  TerminalRun& operator=(const TerminalRun&) = delete;

  ~TerminalRun() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      Program::exitOf(child_);
    }
    ::close(master_);
  }

  /// Reads until `text` was shown. False when the program ended before.
  bool expect(const std::string& text) {
    while (shown_.find(text, seen_) == std::string::npos) {
      if (!more()) {
        return false;
      }
    }
    seen_ = shown_.find(text, seen_) + text.size();
    return true;
  }

  void type(const std::string& keys) {
    MTP_CHECK(::write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }

  int finish() {
    while (more()) {
    }
    return Program::exitOf(std::exchange(child_, -1));
  }

  /// All that was on the screen so far.
  const std::string& shown() const { return shown_; }

 private:
  bool more() {
    pollfd entry{master_, POLLIN, 0};
    return ::poll(&entry, 1, Program::kPatienceMs) > 0 && Program::take(master_, shown_);
  }

  int master_ = -1;
  pid_t child_ = -1;
  std::string shown_;
  std::size_t seen_ = 0;
};

}  // namespace mtpool::test
