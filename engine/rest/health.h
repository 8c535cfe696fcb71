// SPDX-License-Identifier: Apache-2.0
// The health port: /healthz (the process lives), /readyz (it can do its work, or what fails), /metrics (JSON
// unless Accept names the Prometheus text), /metrics.json, /info. No authentication, so nothing here is a
// secret or tells of accounts.
#pragma once

#include <memory>
#include <string>

#include "engine/admin/operations.h"
#include "engine/net/http_server.h"
#include "engine/telemetry/registry.h"

namespace mtpool::rest {

class HealthServer final : public net::HttpHandler {
 public:
  /// Errors name HEALTH_BIND, which says `at`.
  static Result<std::unique_ptr<HealthServer>> bind(const Executor& executor, const net::Endpoint& at,
                                                    admin::Operations& operations,
                                                    telemetry::Registry& registry);

  net::Endpoint local() const { return server_->local(); }

  Task<void> run() { return server_->run(); }

  Task<net::HttpResponse> handle(net::HttpRequest request) override;

 private:
  HealthServer(admin::Operations& operations, telemetry::Registry& registry)
      : operations_(operations), registry_(registry) {}

  Task<net::HttpResponse> ready();
  Task<net::HttpResponse> info();
  net::HttpResponse metrics(const net::HttpRequest& request, bool alwaysJson) const;

  admin::Operations& operations_;
  telemetry::Registry& registry_;
  std::unique_ptr<net::HttpServer> server_;
};

}  // namespace mtpool::rest
