// SPDX-License-Identifier: Apache-2.0
#include "engine/net/tcp.h"

#include <fmt/format.h>
#include <netinet/tcp.h>

#include <boost/asio/connect.hpp>

#include "engine/async/deadline.h"
#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "engine/net/socket_stream.h"

namespace mtpool::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Half-open detection by the kernel: first probe after 30 s, three probes 10 s apart, unacked data for 30 s
// at most.
void tune(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(tcp::socket::keep_alive(true), ignored);
  const int fd = socket.native_handle();
  const int idle = 30;
  const int interval = 10;
  const int probes = 3;
  const int userTimeoutMs = 30'000;
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
  ::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &userTimeoutMs, sizeof userTimeoutMs);
}

std::string describe(const tcp::endpoint& endpoint) {
  return Endpoint{endpoint.address().to_string(), endpoint.port()}.text();
}

Error unreachable(const Endpoint& endpoint, const boost::system::error_code& code) {
  if (code == asio::error::operation_aborted) {
    return {Errc::Cancelled, "stopped"};
  }
  const bool refused = code == asio::error::connection_refused;
  return {Errc::Unreachable,
          fmt::format("cannot connect to {}: {}", endpoint.text(),
                      refused ? "nothing listens there; check the address and that the server runs"
                              : code.message())};
}

Task<Result<tcp::socket>> openTo(tcp::endpoint address, Endpoint endpoint) {
  tcp::socket socket(co_await asio::this_coro::executor);
  const auto [code] = co_await socket.async_connect(address, asio::as_tuple(asio::use_awaitable));
  if (code) {
    co_return unreachable(endpoint, code);
  }
  tune(socket);
  co_return std::move(socket);
}

// A firewall that drops packets answers nothing; the kernel alone would wait for two minutes.
Task<Result<tcp::socket>> openWithin(std::chrono::milliseconds patience, tcp::endpoint address,
                                     Endpoint endpoint) {
  static const SystemClock kRealTime;
  auto opening = openTo(address, endpoint);
  auto socket =
      co_await async::withDeadline<tcp::socket>(kRealTime.mono() + patience, "no answer", std::move(opening));
  if (!socket.ok() && socket.error().code() == Errc::Timeout) {
    co_return Error(Errc::Unreachable,
                    fmt::format("cannot connect to {}: no answer within {} s; check the address and the "
                                "firewalls on the way",
                                describe(address), std::chrono::duration<double>(patience).count()));
  }
  co_return socket;
}

}  // namespace

std::string Endpoint::text() const {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return Error(Errc::InvalidArgument,
                 fmt::format("\"{}\" is not an address: write HOST:PORT", printable(text)));
  }
  std::string_view host = text.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return Error(Errc::InvalidArgument,
                 fmt::format("\"{}\": write an IPv6 address as [ADDRESS]:PORT", printable(text)));
  }
  const auto port = parseInt(text.substr(colon + 1));
  if (!port || *port < 0 || *port > 65535) {
    return Error(Errc::InvalidArgument, fmt::format("\"{}\": the port must be 0 to 65535", printable(text)));
  }
  return Endpoint{std::string(host), static_cast<std::uint16_t>(*port)};
}

bool Endpoint::isRemoteAddress() const {
  boost::system::error_code code;
  auto address = asio::ip::make_address(host, code);
  if (code) {
    return false;
  }
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return !address.is_loopback() && !address.is_multicast() && !address.is_unspecified();
}

Task<Result<std::unique_ptr<Stream>>> connectTcp(Endpoint endpoint, std::chrono::milliseconds patience) {
  if (co_await async::isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  boost::system::error_code code;
  std::vector<tcp::endpoint> addresses;
  const auto numeric = asio::ip::make_address(endpoint.host, code);
  if (!code) {
    addresses.emplace_back(numeric, endpoint.port);
  } else {
    tcp::resolver resolver(co_await asio::this_coro::executor);
    const auto [failed, found] = co_await resolver.async_resolve(endpoint.host, std::to_string(endpoint.port),
                                                                 asio::as_tuple(asio::use_awaitable));
    if (failed) {
      co_return unreachable(endpoint, failed);
    }
    for (const auto& entry : found) {
      addresses.push_back(entry.endpoint());
    }
  }
  Error last(Errc::Unreachable, fmt::format("{} has no address", endpoint.text()));
  for (const auto& address : addresses) {
    auto socket = co_await openWithin(patience, address, endpoint);
    if (socket.ok()) {
      std::unique_ptr<Stream> stream =
          std::make_unique<SocketStream<tcp::socket>>(std::move(*socket), describe(address));
      co_return stream;
    }
    last = std::move(socket).error();
  }
  co_return last;
}

Result<tcp::acceptor> bindTcp(const Executor& executor, const Endpoint& endpoint) {
  boost::system::error_code code;
  const auto address = asio::ip::make_address(endpoint.host, code);
  if (code) {
    return Error(
        Errc::InvalidArgument,
        fmt::format("cannot listen on {}: write a numeric address such as 127.0.0.1", endpoint.text()));
  }
  tcp::acceptor acceptor(executor);
  const tcp::endpoint where(address, endpoint.port);
  acceptor.open(where.protocol(), code);
  if (!code) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), code);
    acceptor.bind(where, code);
  }
  if (!code) {
    acceptor.listen(tcp::acceptor::max_listen_connections, code);
  }
  if (code == asio::error::address_in_use) {
    return Error(Errc::Refused, fmt::format("{} is in use by another program; stop it or choose another port",
                                            endpoint.text()));
  }
  if (code) {
    return Error(Errc::Io, fmt::format("cannot listen on {}: {}", endpoint.text(), code.message()));
  }
  return acceptor;
}

Result<TcpListener> TcpListener::bind(const Executor& executor, const Endpoint& endpoint) {
  MTP_TRY(tcp::acceptor acceptor, bindTcp(executor, endpoint));
  return TcpListener(std::move(acceptor));
}

Endpoint TcpListener::local() const {
  boost::system::error_code ignored;
  const auto where = acceptor_.local_endpoint(ignored);
  return {where.address().to_string(), where.port()};
}

Task<Result<std::unique_ptr<Stream>>> TcpListener::accept() {
  if (co_await async::isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  auto [code, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
  if (code == asio::error::no_descriptors) {
    co_return Error(Errc::LimitExceeded, "out of file descriptors; raise the limit (ulimit -n)");
  }
  if (code) {
    co_return socketError(code, local().text());
  }
  tune(socket);
  boost::system::error_code ignored;
  const auto peer = socket.remote_endpoint(ignored);
  std::unique_ptr<Stream> stream =
      std::make_unique<SocketStream<tcp::socket>>(std::move(socket), describe(peer));
  co_return stream;
}

void TcpListener::close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

}  // namespace mtpool::net
