// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

namespace {

// Moves what is there. False at the end of `from` or when `to` is gone.
bool pump(int from, int to) {
  std::array<char, 64 * 1024> buffer;
  const auto n = ::read(from, buffer.data(), buffer.size());
  if (n <= 0) {
    return n < 0 && errno == EINTR;
  }
  for (ssize_t done = 0; done < n;) {
    const auto written = ::write(to, buffer.data() + done, static_cast<std::size_t>(n - done));
    if (written < 0 && errno != EINTR) {
      return false;
    }
    done += written > 0 ? written : 0;
  }
  return true;
}

}  // namespace

Outcome dialStdio(const Invocation& invocation) {
  MTP_TRY(const auto socket, dial(invocation.sockets));
  bool typing = true;
  while (true) {
    std::array<pollfd, 2> ends{pollfd{socket.get(), POLLIN, 0},
                               pollfd{typing ? STDIN_FILENO : -1, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), -1) < 0) {
      if (errno == EINTR) {
        continue;
      }
      return Error(Errc::Io, "cannot wait for the socket");
    }
    if (ends[0].revents != 0 && !pump(socket.get(), STDOUT_FILENO)) {
      return ExitCode::Ok;
    }
    if (ends[1].revents != 0 && !pump(STDIN_FILENO, socket.get())) {
      typing = false;
      ::shutdown(socket.get(), SHUT_WR);
    }
  }
}

}  // namespace mtpool::cli
