// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/cluster.h"

#include <fmt/format.h>

#include "engine/sim/json_text.h"

namespace mtpool::sim {

Cluster::Cluster(Executor executor, Scene& scene) : executor_(executor), scene_(scene), scope_(executor) {}

Result<void> Cluster::listen(const std::vector<DcAddress>& wanted) {
  for (DcAddress address : wanted) {
    auto listener = net::TcpListener::bind(executor_, net::Endpoint{address.host, address.port});
    if (!listener) {
      return std::move(listener).error().in(fmt::format("data centre {}", address.id));
    }
    address.port = listener->local().port;
    dcs_.push_back(std::make_unique<DataCentre>(scene_, address.id, std::move(*listener)));
    scene_.addresses.push_back(std::move(address));
  }
  return {};
}

void Cluster::start() {
  for (auto& dc : dcs_) {
    scope_.spawn(fmt::format("data centre {}", dc->id()), dc->serve(scope_));
  }
}

void Cluster::stop() {
  scope_.cancel();
}

std::string Cluster::listeningJson() const {
  std::string out = R"({"listening":{)";
  const char* comma = "";
  for (const DcAddress& address : scene_.addresses) {
    out += fmt::format("{}\"{}\":", comma, address.id);
    appendJsonString(out, net::Endpoint{address.host, address.port}.text());
    comma = ",";
  }
  return out + "}}";
}

std::string Cluster::dcList() const {
  std::string out;
  for (const DcAddress& address : scene_.addresses) {
    out += fmt::format("{}{}={}", out.empty() ? "" : ",", address.id,
                       net::Endpoint{address.host, address.port}.text());
  }
  return out;
}

}  // namespace mtpool::sim
