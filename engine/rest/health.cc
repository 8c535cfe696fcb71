// SPDX-License-Identifier: Apache-2.0
#include "engine/rest/health.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace mtpool::rest {

namespace json = boost::json;

namespace {

net::HttpResponse answer(int status, const json::object& body) {
  net::HttpResponse out;
  out.status = status;
  out.body = json::serialize(body) + "\n";
  return out;
}

net::HttpResponse notFound() {
  json::object body;
  body["error"] = "there is /healthz, /readyz, /metrics, /metrics.json and /info";
  return answer(404, body);
}

}  // namespace

Result<std::unique_ptr<HealthServer>> HealthServer::bind(const Executor& executor, const net::Endpoint& at,
                                                         admin::Operations& operations,
                                                         telemetry::Registry& registry) {
  std::unique_ptr<HealthServer> out(new HealthServer(operations, registry));
  auto server = net::HttpServer::bind(executor, at, *out);
  if (!server.ok()) {
    return std::move(server).error().in("HEALTH_BIND");
  }
  out->server_ = std::move(*server);
  return out;
}

Task<net::HttpResponse> HealthServer::handle(net::HttpRequest request) {
  if (request.method != "GET" && request.method != "HEAD") {
    json::object body;
    body["error"] = "only GET";
    co_return answer(405, body);
  }
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (path == "/healthz") {
    json::object body;
    body["status"] = "alive";
    co_return answer(200, body);
  }
  if (path == "/readyz") {
    co_return co_await ready();
  }
  if (path == "/info") {
    co_return co_await info();
  }
  if (path == "/metrics" || path == "/metrics.json") {
    co_return metrics(request, path == "/metrics.json");
  }
  co_return notFound();
}

Task<net::HttpResponse> HealthServer::ready() {
  auto status = co_await operations_.status();
  json::object body;
  json::object checks;
  bool ok = status.ok();
  if (status.ok()) {
    for (const auto& condition : status->conditions) {
      // Why is for those the control socket knows: it names accounts, files, addresses.
      checks[condition.name] = condition.ok ? "ok" : "failing; mtpoolctl status says why";
      ok = ok && condition.ok;
    }
  }
  body["ready"] = ok;
  body["checks"] = std::move(checks);
  co_return answer(ok ? 200 : 503, body);
}

Task<net::HttpResponse> HealthServer::info() {
  auto status = co_await operations_.status();
  json::object body;
  body["service"] = "mtpoold";
  if (status.ok()) {
    body["version"] = status->engineVersion;
    body["started_at"] = unixSeconds(status->startedAt);
  }
  json::array features;
  for (const char* feature : {"history", "sqlite", "control-socket", "health"}) {
    features.emplace_back(feature);
  }
  body["features"] = std::move(features);
  co_return answer(200, body);
}

net::HttpResponse HealthServer::metrics(const net::HttpRequest& request, bool alwaysJson) const {
  const bool text = request.accept.find("text/plain") != std::string::npos ||
                    request.accept.find("openmetrics") != std::string::npos;
  net::HttpResponse out;
  if (text && !alwaysJson) {
    out.contentType = "text/plain; version=0.0.4; charset=utf-8";
    out.body = registry_.text();
  } else {
    out.body = registry_.json() + "\n";
  }
  return out;
}

}  // namespace mtpool::rest
