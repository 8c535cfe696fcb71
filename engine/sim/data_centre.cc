// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/data_centre.h"

#include "engine/async/timer.h"
#include "engine/base/log.h"
#include "engine/sim/connection.h"

namespace mtpool::sim {

namespace {

constexpr std::chrono::milliseconds kOutOfDescriptors{100};

Task<void> live(std::unique_ptr<Connection> connection) {
  co_await connection->run();
}

}  // namespace

DataCentre::DataCentre(Scene& scene, int id, net::TcpListener listener)
    : scene_(scene), id_(id), listener_(std::move(listener)) {}

Task<void> DataCentre::serve(async::TaskScope& scope) {
  while (true) {
    auto stream = co_await listener_.accept();
    if (!stream) {
      if (stream.error().code() != Errc::LimitExceeded) {
        if (stream.error().code() != Errc::Cancelled) {
          log::error("sim", "data centre {} stops accepting: {}", id_, stream.error().text());
        }
        co_return;
      }
      if (!(co_await async::sleepFor(kOutOfDescriptors)).ok()) {
        co_return;
      }
      continue;
    }
    if (scope.running() >= kMostConnections) {
      (*stream)->close();
      continue;
    }
    scene_.report.connection();
    scope.spawn("connection",
                live(std::make_unique<Connection>(*this, ++lastConnection_, std::move(*stream))));
  }
}

}  // namespace mtpool::sim
