// SPDX-License-Identifier: Apache-2.0
// mtpoold --status: the pool's metrics of the running engine, in the words scripts grep.
#pragma once

#include <string>

namespace mtpool::daemon {

/// Prints to standard output; 3 when no engine answers on the socket, else the exit code of the failure.
int printStatus(const std::string& socket);

}  // namespace mtpool::daemon
