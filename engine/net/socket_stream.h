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

/// ConnectionLost with the system's words, or Cancelled when we stopped it.
Error socketError(const boost::system::error_code& code, const std::string& peer);

template <class Socket>
class SocketStream : public Stream {
 public:
  SocketStream(Socket socket, std::string peer) : socket_(std::move(socket)), peer_(std::move(peer)) {}

  Task<Result<void>> waitReadable() override {
    if (co_await async::isCancelled()) {
      co_return Error(Errc::Cancelled, "stopped");
    }
    const auto [code] =
        co_await socket_.async_wait(Socket::wait_read, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      co_return socketError(code, peer_);
    }
    co_return Result<void>();
  }

  Task<Result<std::size_t>> readSome(MutableBytes into) override {
    if (co_await async::isCancelled()) {
      co_return Error(Errc::Cancelled, "stopped");
    }
    const auto buffer = boost::asio::buffer(into.data(), into.size());
    const auto [code, n] =
        co_await socket_.async_read_some(buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      co_return socketError(code, peer_);
    }
    co_return n;
  }

  Task<Result<void>> writeAll(ByteView bytes) override {
    if (co_await async::isCancelled()) {
      co_return Error(Errc::Cancelled, "stopped");
    }
    const auto buffer = boost::asio::buffer(bytes.data(), bytes.size());
    const auto [code, n] =
        co_await boost::asio::async_write(socket_, buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (code) {
      co_return socketError(code, peer_);
    }
    co_return Result<void>();
  }

  void close() override {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  std::string peer() const override { return peer_; }

  Socket& socket() { return socket_; }

 private:
  Socket socket_;
  std::string peer_;
};

}  // namespace mtpool::net
