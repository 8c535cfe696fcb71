// SPDX-License-Identifier: Apache-2.0
// rpc_error as Telegram sends it: a number and a name that may end in a decimal argument.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mtpool::mtproto {

/// Sanitised: name is upper case ASCII, digits and underscores, without its argument.
struct RpcError {
  std::int32_t code = 0;
  std::string name;                      // FLOOD_WAIT
  std::optional<std::int64_t> argument;  // 31; never negative
};

/// FLOOD_WAIT_31 → FLOOD_WAIT, 31. An argument that no integer holds becomes the greatest one, so that a wait
/// only grows by it; what is not one underscore with digits up to the end (FLOOD_WAIT_12X, FLOOD_WAIT__5)
/// stays part of the name. Negative codes lose their sign (-503 is a timeout like 503). A code of 0 or beyond
/// 10000, and a text that is no name ("Timeout", malformed UTF-8), make 500 INVALID or keep the code with the
/// name in upper case and anything strange as underscores.
RpcError parseRpcError(std::int32_t code, std::string_view text);

}  // namespace mtpool::mtproto
