// SPDX-License-Identifier: Apache-2.0
// The metrics of this folder.
#pragma once

#include "engine/telemetry/registry.h"

namespace mtpool::client {

struct Probe {
  explicit Probe(telemetry::Registry& registry)
      : connects(registry.counter("mtproto_connects_total", "Connections opened to data centres.")),
        connectFailures(
            registry.counter("mtproto_connect_failures_total", "Connections that could not be opened.")),
        disconnects(
            registry.counter("mtproto_disconnects_total", "Connections that ended against our will.")),
        handshakes(registry.counter("mtproto_key_exchanges_total", "Authorisation keys created.")),
        requests(registry.counter("mtproto_requests_total", "Requests answered.", {{"status", "success"}})),
        failures(registry.counter("mtproto_requests_total", "Requests answered.", {{"status", "error"}})),
        bytesReceived(registry.counter("mtproto_received_bytes_total", "Bytes received from data centres.")),
        unknownConstructors(registry.counter("tl_unknown_constructor_total",
                                             "Objects with a constructor outside the schema.")) {}

  telemetry::Counter& connects;
  telemetry::Counter& connectFailures;
  telemetry::Counter& disconnects;
  telemetry::Counter& handshakes;
  telemetry::Counter& requests;
  telemetry::Counter& failures;
  telemetry::Counter& bytesReceived;
  telemetry::Counter& unknownConstructors;
};

}  // namespace mtpool::client
