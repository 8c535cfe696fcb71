// SPDX-License-Identifier: Apache-2.0
// Stream over an Asio stream socket, TCP or Unix: the one place that turns Asio's error codes into ours.
#pragma once

#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "engine/net/stream.h"

namespace mtpool::net {

/// ConnectionLost with the system's words; Cancelled when the operation was ended from our side.
Error socketError(const boost::system::error_code& code, const std::string& peer);

template <class Socket>
class SocketStream : public Stream {
 public:
  SocketStream(Socket socket, std::string peer) : socket_(std::move(socket)), peer_(std::move(peer)) {}

  Task<Result<void>> waitReadable() override {
    if (co_await async::isCancelled()) {
      co_return stopped();
    }
    if (closed_) {
      co_return closedHere();
    }
    const auto [code] =
        co_await socket_.async_wait(Socket::wait_read, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      const bool cancelled = co_await async::isCancelled();
      co_return failure(code, cancelled);
    }
    co_return Result<void>();
  }

  Task<Result<std::size_t>> readSome(MutableBytes into) override {
    if (co_await async::isCancelled()) {
      co_return stopped();
    }
    if (closed_) {
      co_return closedHere();
    }
    const auto buffer = boost::asio::buffer(into.data(), into.size());
    const auto [code, n] =
        co_await socket_.async_read_some(buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      const bool cancelled = co_await async::isCancelled();
      co_return failure(code, cancelled);
    }
    co_return n;
  }

  Task<Result<void>> writeAll(ByteView bytes) override {
    if (co_await async::isCancelled()) {
      co_return stopped();
    }
    if (closed_) {
      co_return closedHere();
    }
    const auto buffer = boost::asio::buffer(bytes.data(), bytes.size());
    const auto [code, n] =
        co_await boost::asio::async_write(socket_, buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      const bool cancelled = co_await async::isCancelled();
      co_return failure(code, cancelled);
    }
    co_return Result<void>();
  }

  void close() override {
    closed_ = true;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  std::string peer() const override { return peer_; }

  Socket& socket() { return socket_; }

 private:
  static Error stopped() { return {Errc::Cancelled, "stopped"}; }

  Error closedHere() const { return {Errc::ConnectionLost, "we closed the connection to " + peer_}; }

  // The system's code is the same for a cancelled call and a closed socket; who waits must tell them apart.
  Error failure(const boost::system::error_code& code, bool cancelled) const {
    if (cancelled) {
      return stopped();
    }
    return closed_ ? closedHere() : socketError(code, peer_);
  }

  Socket socket_;
  std::string peer_;
  bool closed_ = false;
};

}  // namespace mtpool::net
