// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server for probes and the API: bounded in everything, so that a slow or hostile client
// costs a socket and nothing else. Beast stays behind this header. One executor.
#pragma once

#include <memory>
#include <string>

#include "engine/async/task.h"
#include "engine/base/result.h"
#include "engine/net/tcp.h"

namespace mtpool::net {

struct HttpRequest {
  std::string method;  // GET
  std::string target;  // /healthz
  std::string accept;
  std::string body;
};

struct HttpResponse {
  int status = 200;
  std::string contentType = "application/json";
  std::string body;
};

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  virtual Task<HttpResponse> handle(HttpRequest request) = 0;
};

class HttpServer {
 public:
  /// Headers up to 16 KiB, bodies up to 64 KiB, 10 s for each request and answer, 128 connections; what is
  /// above is closed. A Host header that is neither the bound address nor localhost is answered 421 (DNS
  /// rebinding).
  static Result<std::unique_ptr<HttpServer>> bind(const Executor& executor, const Endpoint& endpoint,
                                                  HttpHandler& handler);
  virtual ~HttpServer() = default;
  virtual Endpoint local() const = 0;
  /// Until cancelled; then every connection is closed.
  virtual Task<void> run() = 0;
};

}  // namespace mtpool::net
