// SPDX-License-Identifier: Apache-2.0
#include "engine/net/http_server.h"

#include <fmt/format.h>

#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "engine/async/scope.h"
#include "engine/async/timer.h"
#include "engine/base/log.h"

namespace mtpool::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint32_t kHeaderLimit = 16 * 1024;
constexpr std::uint64_t kBodyLimit = 64 * 1024;
constexpr std::chrono::seconds kPatience{10};
constexpr std::size_t kMaxConnections = 128;

using Response = http::response<http::string_body>;

Response plain(http::status status, std::string text) {
  Response out(status, 11);
  out.set(http::field::content_type, "text/plain; charset=utf-8");
  out.body() = std::move(text);
  out.keep_alive(false);
  return out;
}

class BeastServer final : public HttpServer {
 public:
  BeastServer(const Executor& executor, tcp::acceptor acceptor, HttpHandler& handler)
      : acceptor_(std::move(acceptor)), handler_(handler), scope_(executor) {
    const Endpoint bound = local();
    const std::string port = std::to_string(bound.port);
    hosts_ = {bound.text(), "localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port};
  }

  Endpoint local() const override {
    boost::system::error_code ignored;
    const auto where = acceptor_.local_endpoint(ignored);
    return {where.address().to_string(), where.port()};
  }

  Task<void> run() override {
    while (!co_await async::isCancelled()) {
      auto [code, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (code == asio::error::operation_aborted) {
        break;
      }
      if (code) {
        // Out of descriptors, most likely: others need the processor more than this loop.
        auto slept = co_await async::sleepFor(std::chrono::milliseconds(200));
        continue;
      }
      if (scope_.running() < kMaxConnections) {
        scope_.spawn("http connection", serve(beast::tcp_stream(std::move(socket))));
      }
    }
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    scope_.cancel();
    co_await scope_.join();
  }

 private:
  bool knownHost(beast::string_view host) const {
    for (const auto& known : hosts_) {
      if (host == beast::string_view(known.data(), known.size())) {
        return true;
      }
    }
    return false;
  }

  Task<Response> answer(const http::request<http::string_body>& request) {
    if (!knownHost(request[http::field::host])) {
      co_return plain(http::status::misdirected_request, "this address does not serve that host\n");
    }
    HttpRequest asked;
    asked.method = std::string(request.method_string());
    asked.target = std::string(request.target());
    asked.accept = std::string(request[http::field::accept]);
    asked.body = request.body();
    HttpResponse given = co_await handler_.handle(std::move(asked));
    Response out(static_cast<http::status>(given.status), request.version());
    out.set(http::field::content_type, given.contentType);
    out.set(http::field::cache_control, "no-store");
    out.body() = std::move(given.body);
    out.keep_alive(request.keep_alive());
    co_return out;
  }

  Task<void> serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer(kHeaderLimit + kBodyLimit);
    bool more = true;
    while (more && !co_await async::isCancelled()) {
      http::request_parser<http::string_body> parser;
      parser.header_limit(kHeaderLimit);
      parser.body_limit(kBodyLimit);
      stream.expires_after(kPatience);
      const auto [readCode, readBytes] =
          co_await http::async_read(stream, buffer, parser, asio::as_tuple(asio::use_awaitable));
      static_cast<void>(readBytes);
      if (readCode) {
        break;
      }
      Response response = co_await answer(parser.get());
      response.prepare_payload();
      more = response.keep_alive();
      stream.expires_after(kPatience);
      const auto [writeCode, writtenBytes] =
          co_await http::async_write(stream, response, asio::as_tuple(asio::use_awaitable));
      static_cast<void>(writtenBytes);
      more = more && !writeCode;
    }
    boost::system::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
  }

  tcp::acceptor acceptor_;
  HttpHandler& handler_;
  std::array<std::string, 4> hosts_;
  async::TaskScope scope_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::bind(const Executor& executor, const Endpoint& endpoint,
                                                     HttpHandler& handler) {
  MTP_TRY(tcp::acceptor acceptor, bindTcp(executor, endpoint));
  std::unique_ptr<HttpServer> out = std::make_unique<BeastServer>(executor, std::move(acceptor), handler);
  return out;
}

}  // namespace mtpool::net
