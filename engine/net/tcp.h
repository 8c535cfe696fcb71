// SPDX-License-Identifier: Apache-2.0
// TCP over the event loop of the calling shard. Addresses are numeric or resolved names; failures say what to
// check.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "engine/net/stream.h"

namespace mtpool::net {

struct Endpoint {
  std::string host;  // IPv4, IPv6 without brackets, or a name
  std::uint16_t port = 0;

  std::string text() const;  // "127.0.0.1:4430", "[::1]:4430"
  /// An address of another host, in numbers: no name to resolve, nor loopback, multicast or "any".
  bool isRemoteAddress() const;
  /// "HOST:PORT" or "[V6]:PORT"; Errc::InvalidArgument names what is wrong.
  static Result<Endpoint> parse(std::string_view text);
};

/// How long one address may take to accept a connection: most of a second is far, and behind a silent
/// address there may be others that answer.
inline constexpr std::chrono::milliseconds kConnectPatience{10'000};

/// Tries the addresses of the endpoint in turn, `patience` for each. Errc::Unreachable with the system's
/// reason in words. Resolving a name takes as long as the system's resolver wants: it cannot be interrupted.
/// Nagle is off; keep-alive and TCP_USER_TIMEOUT end half-open connections within about 75 s.
Task<Result<std::unique_ptr<Stream>>> connectTcp(Endpoint endpoint,
                                                 std::chrono::milliseconds patience = kConnectPatience);

/// A bound and listening acceptor, for the servers of this folder. Errc::Refused when the port is in use.
Result<boost::asio::ip::tcp::acceptor> bindTcp(const Executor& executor, const Endpoint& endpoint);

/// A listening socket; port 0 asks the system for a free one.
class TcpListener {
 public:
  static Result<TcpListener> bind(const Executor& executor, const Endpoint& endpoint);

  Endpoint local() const;
  /// The next connection. Out of descriptors is Errc::LimitExceeded: wait a little and call again.
  Task<Result<std::unique_ptr<Stream>>> accept();
  void close();

 private:
  explicit TcpListener(boost::asio::ip::tcp::acceptor acceptor) : acceptor_(std::move(acceptor)) {}

  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace mtpool::net
