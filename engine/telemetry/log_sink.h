// SPDX-License-Identifier: Apache-2.0
// Where log lines go: standard error, one line each with its UTC time, for a terminal, a file or the journal
// alike.
#pragma once

namespace mtpool::telemetry {

/// 2026-11-21T08:12:01.113Z I pool lease granted …   Installs itself as the sink of base/log; once, before
/// threads.
void installLogSink();

}  // namespace mtpool::telemetry
