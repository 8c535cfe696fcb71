// SPDX-License-Identifier: Apache-2.0
// SIGTERM and SIGINT ask for a graceful stop; a second one for a fast one. SIGHUP is ignored: the file is
// watched.
#pragma once

#include "engine/admin/stop_request.h"

namespace mtpool::daemon {

/// Until cancelled.
Task<void> watchSignals(admin::StopRequest& stop);

}  // namespace mtpool::daemon
