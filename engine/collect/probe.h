// SPDX-License-Identifier: Apache-2.0
// The metrics of this folder.
#pragma once

#include "engine/telemetry/registry.h"

namespace mtpool::collect {

struct Probe {
  explicit Probe(telemetry::Registry& registry)
      : pages(registry.counter("mtproto_history_pages_total", "Pages of history read.")),
        messages(registry.counter("messages_stored_total", "Messages committed, new ones.")),
        changed(registry.counter("messages_changed_total",
                                 "Messages committed that replaced an earlier version.")),
        deadLetters(
            registry.counter("dead_letters_total", "Answers that could not be decoded and were kept.")),
        runErrors(registry.counter("mtproto_errors_total", "Errors that ended a target's run.",
                                   {{"component", "collect"}})) {}

  telemetry::Counter& pages;
  telemetry::Counter& messages;
  telemetry::Counter& changed;
  telemetry::Counter& deadLetters;
  telemetry::Counter& runErrors;
};

}  // namespace mtpool::collect
