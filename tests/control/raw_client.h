// SPDX-License-Identifier: Apache-2.0
// A client without manners: sends any bytes, reads frames, never waits longer than a test may.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <optional>
#include <string>

#include "engine/base/check.h"

#include "mtpool/control/v1/envelope.pb.h"

namespace mtpool::test {

namespace v1 = ::mtpool::control::v1;

class RawClient {
 public:
  explicit RawClient(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    MTP_CHECK(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    MTP_CHECK(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }

  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  ~RawClient() { ::close(fd_); }

  int fd() const { return fd_; }

  /// False when the engine is gone.
  bool sendBytes(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) {
        return false;
      }
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  static std::string header(std::size_t size) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<char>(size >> shift & 0xFF));
    }
    return bytes;
  }

  bool send(const v1::Envelope& envelope) {
    const std::string body = envelope.SerializeAsString();
    return sendBytes(header(body.size()) + body);
  }

  /// nullopt at the end of the connection.
  std::optional<v1::Envelope> receive() {
    std::string head(4, '\0');
    if (!receiveBytes(head)) {
      return std::nullopt;
    }
    std::size_t size = 0;
    for (const char c : head) {
      size = size << 8 | static_cast<unsigned char>(c);
    }
    std::string body(size, '\0');
    v1::Envelope envelope;
    if (!receiveBytes(body) || !envelope.ParseFromString(body)) {
      return std::nullopt;
    }
    return envelope;
  }

  v1::Envelope hello(std::uint32_t major = 1) {
    v1::Envelope envelope;
    envelope.mutable_hello()->set_major(major);
    envelope.mutable_hello()->set_client("test");
    send(envelope);
    return receive().value_or(v1::Envelope());
  }

  /// Sends with this id, returns the next envelope with it, all parts of an answer merged.
  v1::Envelope ask(v1::Envelope request, std::uint64_t id = 7) {
    request.set_request_id(id);
    send(request);
    v1::Envelope whole;
    while (auto part = receive()) {
      if (part->request_id() != id) {
        continue;
      }
      const bool more = part->more();
      whole.MergeFrom(*part);
      whole.set_more(false);
      if (!more) {
        break;
      }
    }
    return whole;
  }

 private:
  bool receiveBytes(std::string& into) {
    constexpr int kPatienceMs = 20'000;
    std::size_t done = 0;
    while (done < into.size()) {
      pollfd entry{fd_, POLLIN, 0};
      if (::poll(&entry, 1, kPatienceMs) <= 0) {
        return false;
      }
      const auto n = ::recv(fd_, into.data() + done, into.size() - done, 0);
      if (n <= 0) {
        return false;
      }
      done += static_cast<std::size_t>(n);
    }
    return true;
  }

  int fd_;
};

}  // namespace mtpool::test
