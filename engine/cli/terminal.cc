// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "engine/base/text.h"

namespace mtpool::cli {

namespace {

constexpr std::size_t kLongestSecret = 4096;
constexpr std::size_t kLongestSentence = 8192;

bool writeAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// While a question is open, Ctrl-C interrupts the read instead of the process, so the echo is put back.
class QuestionMode {
 public:
  explicit QuestionMode(Echo echo) {
    struct sigaction interrupt {};

    interrupt.sa_handler = [](int) {};
    ::sigaction(SIGINT, &interrupt, &oldInterrupt_);
    sigset_t onlyInterrupt;
    ::sigemptyset(&onlyInterrupt);
    ::sigaddset(&onlyInterrupt, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &onlyInterrupt, &oldMask_);
    if (echo == Echo::Off && ::tcgetattr(STDIN_FILENO, &old_) == 0) {
      termios quiet = old_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
  }

  QuestionMode(const QuestionMode&) = delete;
  QuestionMode& operator=(const QuestionMode&) = delete;

  ~QuestionMode() {
    if (changed_) {
      ::tcsetattr(STDIN_FILENO, TCSADRAIN, &old_);
    }
    ::pthread_sigmask(SIG_SETMASK, &oldMask_, nullptr);
    ::sigaction(SIGINT, &oldInterrupt_, nullptr);
  }

  /// For the wait: an interrupt counts only there, so that one that comes before it is not lost.
  const sigset_t& waitingMask() const { return oldMask_; }

 private:
  struct sigaction oldInterrupt_ {};

  sigset_t oldMask_{};

  termios old_{};
  bool changed_ = false;
};

// Reads up to the line end, at most kLongestSecret bytes; nullopt-like empty result only at end of input.
// With `waiting` an interrupt ends the wait for the next byte.
Result<SecretString> readLine(int fd, const sigset_t* waiting = nullptr) {
  std::string line;
  line.reserve(kLongestSecret);
  bool any = false;
  while (line.size() < kLongestSecret) {
    char c = 0;
    pollfd entry{fd, POLLIN, 0};
    const bool ready = waiting == nullptr || ::ppoll(&entry, 1, nullptr, waiting) > 0;
    const auto n = ready ? ::read(fd, &c, 1) : -1;
    if (n < 0) {
      return Error(Errc::Cancelled, errno == EINTR ? "interrupted" : std::generic_category().message(errno));
    }
    if (n == 0 && !any) {
      return Error(Errc::Cancelled, "the input ended");
    }
    any = true;
    if (n == 0 || c == '\n') {
      break;
    }
    if (c != '\r') {
      line.push_back(c);
    }
  }
  return SecretString(std::move(line));
}

void warnIfOpen(int fd, const std::string& path) {
  struct stat status {};

  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    say(fmt::format("warning: other users of this machine may read {0}; close it: chmod 600 {0}", path));
  }
}

}  // namespace

Terminal Terminal::ofProcess(bool noColor) {
  return {::isatty(STDIN_FILENO) == 1, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1, !noColor};
}

bool print(std::string_view data) {
  return writeAll(STDOUT_FILENO, data);
}

void say(std::string_view sentence) {
  writeAll(STDERR_FILENO, printable(sentence, kLongestSentence) + "\n");
}

void draw(std::string_view bytes) {
  writeAll(STDERR_FILENO, bytes);
}

Result<SecretString> prompt(std::string_view question, Echo echo) {
  // Before the question: what is typed at the sight of it must neither be shown nor thrown away.
  const QuestionMode mode(echo);
  draw(printable(question, kLongestSentence));
  auto line = readLine(STDIN_FILENO, &mode.waitingMask());
  if (echo == Echo::Off || !line.ok()) {
    draw("\n");
  }
  return line;
}

Result<SecretString> readSecretFile(const std::string& path, std::string_view what) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return Error(Errc::Io, fmt::format("cannot read the {} from {}: {}", what, printable(path),
                                       std::generic_category().message(errno)));
  }
  warnIfOpen(fd, path);
  auto line = readLine(fd);
  ::close(fd);
  if (!line.ok() || trim(line->reveal()).empty()) {
    return Error(Errc::InvalidArgument, fmt::format("{} is empty; put the {} on its first line",
                                                    path == "-" ? "standard input" : printable(path), what));
  }
  return line;
}

std::size_t terminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace mtpool::cli
