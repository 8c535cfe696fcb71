// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/control_client.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "engine/base/secret.h"
#include "engine/base/text.h"
#include "engine/cli/terminal.h"

namespace mtpool::cli {

using std::chrono::milliseconds;

namespace {

constexpr std::uint32_t kMajor = 1;
constexpr milliseconds kHelloPatience{5'000};
constexpr milliseconds kSlow{2'000};
// The engine's parts are far smaller; this is against something that is not the engine.
constexpr std::size_t kMaxAnswerBytes = 16 * 1024 * 1024;
constexpr std::size_t kMaxItemsKept = 64;

Error lost() {
  return {Errc::ConnectionLost, "the engine closed the connection; see its log"};
}

Error errorOf(const v1::Failure& failure) {
  static constexpr std::array kActedOn{
      Errc::Refused,       Errc::InvalidArgument, Errc::InvalidConfig,   Errc::Timeout, Errc::NotFound,
      Errc::AlreadyExists, Errc::CodeInvalid,     Errc::PasswordInvalid, Errc::Busy,    Errc::Unsupported};
  const auto* known = std::ranges::find(kActedOn, failure.code(), [](Errc code) { return name(code); });
  return {known == kActedOn.end() ? Errc::Internal : *known, failure.text()};
}

// Waits for `events`, at most until `deadline`.
Result<void> waitFor(int fd, short events, MonoTime deadline) {
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - SystemClock().mono());
    pollfd entry{fd, events, 0};
    const int status = ::poll(&entry, 1, static_cast<int>(std::max<milliseconds::rep>(left.count(), 0)));
    if (status > 0) {
      return {};
    }
    if (status == 0) {
      return Error(Errc::Timeout, "the engine did not answer in time; see its log");
    }
    if (errno != EINTR) {
      return lost();
    }
  }
}

// Codes, passwords and tokens go to whoever listens. That must be our own user, root, or the user to whom the
// socket's directory belongs, if he alone may put a socket there.
Result<void> checkListener(int fd, const std::string& path) {
  ucred listener{};
  socklen_t size = sizeof listener;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &listener, &size) != 0) {
    return Error(Errc::Refused, fmt::format("the system does not say who listens on {}", printable(path)));
  }
  if (listener.uid == ::geteuid() || listener.uid == 0) {
    return {};
  }
  const auto directory = std::filesystem::path(path).parent_path();

  struct stat info {};

  const bool known = ::stat(directory.empty() ? "." : directory.c_str(), &info) == 0;
  if (known && info.st_uid == listener.uid && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0) {
    return {};
  }
  return Error(Errc::Refused,
               fmt::format("who listens on {} is another user (uid {}) in a directory that is not "
                           "his alone, and could read what you type; check the path of the socket",
                           printable(path), listener.uid));
}

Result<Descriptor> dialOne(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return Error(Errc::Unreachable,
                 fmt::format("the path is longer than {} bytes", sizeof address.sun_path - 1));
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (fd.get() < 0 || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const int reason = errno;
    return Error(Errc::Unreachable, reason == ENOENT         ? "no such socket"
                                    : reason == ECONNREFUSED ? "nobody listens on it"
                                                             : std::generic_category().message(reason));
  }
  MTP_DO(checkListener(fd.get(), path));
  return fd;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    const Descriptor old(std::exchange(fd_, other.release()));
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

Result<Descriptor> dial(const std::vector<std::string>& paths) {
  std::string tried;
  for (const auto& path : paths) {
    auto socket = dialOne(path);
    if (socket.ok() || socket.error().code() == Errc::Refused) {
      return socket;
    }
    tried += fmt::format("{}{} ({})", tried.empty() ? "" : ", ", printable(path), socket.error().text());
  }
  return Error(
      Errc::Unreachable,
      fmt::format("no engine answers; tried {}. Start mtpoold, or name its socket with --socket", tried));
}

Result<ControlClient> ControlClient::connect(const std::vector<std::string>& paths) {
  MTP_TRY(auto socket, dial(paths));
  ControlClient client(std::move(socket));
  MTP_DO(client.greet());
  return client;
}

Result<void> ControlClient::greet() {
  const auto deadline = SystemClock().mono() + kHelloPatience;
  v1::Envelope hello;
  hello.mutable_hello()->set_major(kMajor);
  hello.mutable_hello()->set_client("mtpoolctl " MTPOOL_VERSION);
  // A refusal may already be there when the hello no longer finds anyone: read before giving up.
  const auto sent = send(hello, deadline);
  auto reply = receive(deadline);
  if (!reply.ok()) {
    return std::move(reply).error();
  }
  if (reply->has_failure()) {
    return errorOf(reply->failure());
  }
  if (!sent.ok() || !reply->has_welcome()) {
    return Error(Errc::Unreachable, "what answers on the socket is no mtpool engine; check --socket");
  }
  welcome_ = reply->welcome();
  return {};
}

Result<v1::Envelope> ControlClient::ask(v1::Envelope request, milliseconds patience) {
  const auto deadline = SystemClock().mono() + patience;
  const auto id = ++lastId_;
  request.set_request_id(id);
  MTP_DO(send(request, deadline));
  return answerTo(id, deadline);
}

Result<v1::Envelope> ControlClient::askPatiently(v1::Envelope request, milliseconds patience,
                                                 std::string_view slow) {
  const auto start = SystemClock().mono();
  const auto id = ++lastId_;
  request.set_request_id(id);
  MTP_DO(send(request, start + patience));
  if (!waitFor(socket_.get(), POLLIN, start + kSlow).ok()) {
    say(slow);
  }
  return answerTo(id, start + patience);
}

Result<v1::Envelope> ControlClient::answerTo(std::uint64_t id, MonoTime deadline) {
  v1::Envelope whole;
  while (true) {
    MTP_TRY(auto part, receive(deadline));
    if (part.has_item()) {
      if (items_.size() == kMaxItemsKept) {
        items_.pop_front();
      }
      items_.push_back(std::move(*part.mutable_item()));
      continue;
    }
    if (part.has_failure() && (part.request_id() == id || part.request_id() == 0)) {
      return errorOf(part.failure());
    }
    if (part.request_id() != id) {
      continue;
    }
    const bool more = part.more();
    whole.MergeFrom(part);
    if (!more) {
      whole.set_more(false);
      return whole;
    }
  }
}

Result<void> ControlClient::subscribe(const v1::Subscribe& wanted) {
  items_.clear();
  v1::Envelope request;
  request.set_request_id(++lastId_);
  *request.mutable_subscribe() = wanted;
  return send(request, SystemClock().mono() + kUsualPatience);
}

Result<v1::Item> ControlClient::nextItem(milliseconds patience) {
  const auto deadline = SystemClock().mono() + patience;
  while (items_.empty()) {
    // Patience is for the first byte: giving up inside a frame would lose the thread of the conversation.
    MTP_DO(waitFor(socket_.get(), POLLIN, deadline));
    MTP_TRY(auto envelope, receive(SystemClock().mono() + kUsualPatience));
    if (envelope.has_failure()) {
      return envelope.request_id() == 0 ? lost() : errorOf(envelope.failure());
    }
    if (envelope.has_item()) {
      items_.push_back(std::move(*envelope.mutable_item()));
    }
  }
  v1::Item item = std::move(items_.front());
  items_.pop_front();
  if (item.has_ended()) {
    return errorOf(item.ended());
  }
  return item;
}

Result<void> ControlClient::send(const v1::Envelope& envelope, MonoTime deadline) {
  const auto size = static_cast<std::uint32_t>(envelope.ByteSizeLong());
  std::string frame;
  for (int shift = 24; shift >= 0; shift -= 8) {
    frame.push_back(static_cast<char>(size >> shift & 0xFF));
  }
  MTP_CHECK(envelope.AppendToString(&frame));
  std::string_view left = frame;
  while (!left.empty()) {
    MTP_DO(waitFor(socket_.get(), POLLOUT, deadline));
    const auto n = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EINTR && errno != EAGAIN) {
      return lost();
    }
    left.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
  }
  // It may have held a login code or a password.
  SecretString wiped(std::move(frame));
  return {};
}

Result<v1::Envelope> ControlClient::receive(MonoTime deadline) {
  std::array<char, 4> header{};
  MTP_DO(receiveBytes(header.data(), header.size(), deadline));
  std::size_t size = 0;
  for (const char digit : header) {
    size = size << 8 | static_cast<unsigned char>(digit);
  }
  if (size > kMaxAnswerBytes) {
    return Error(Errc::Unreachable, "what answers on the socket is no mtpool engine; check --socket");
  }
  std::string body(size, '\0');
  MTP_DO(receiveBytes(body.data(), body.size(), deadline));
  v1::Envelope envelope;
  if (!envelope.ParseFromString(body)) {
    return Error(Errc::Unreachable, "what answers on the socket is no mtpool engine; check --socket");
  }
  return envelope;
}

Result<void> ControlClient::receiveBytes(char* into, std::size_t size, MonoTime deadline) {
  while (size > 0) {
    MTP_DO(waitFor(socket_.get(), POLLIN, deadline));
    const auto n = ::recv(socket_.get(), into, size, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) {
      return lost();
    }
    if (n > 0) {
      into += n;
      size -= static_cast<std::size_t>(n);
    }
  }
  return {};
}

}  // namespace mtpool::cli
