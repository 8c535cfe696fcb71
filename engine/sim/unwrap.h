// SPDX-License-Identifier: Apache-2.0
// Takes a query out of its wrappers: layer, initConnection, order of calls, gzip, in any nesting that clients
// were seen to use.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "engine/base/bytes.h"
#include "engine/sim/request.h"

namespace mtpool::sim {

/// What initConnection said about the client.
struct Introduction {
  std::int32_t layer = 0;  // of the invokeWithLayer around it, 0 if there was none
  std::int32_t apiId = 0;
  std::string device;
  std::string app;
};

struct Unwrapped {
  Bytes query;
  std::optional<Introduction> introduction;
};

/// A refusal when a wrapper is malformed, nested too deep or says something Telegram does not accept.
std::variant<Unwrapped, Refusal> unwrap(Bytes query);

}  // namespace mtpool::sim
