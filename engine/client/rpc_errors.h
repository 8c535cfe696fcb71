// SPDX-License-Identifier: Apache-2.0
// From Telegram's error names to the closed codes of the product.
#pragma once

#include <string_view>

#include "engine/base/error.h"
#include "engine/mtproto/client_session.h"

namespace mtpool::client {

/// The text names the method, Telegram's error and what it means. FLOOD_WAIT and its kin, known by name,
/// carry retryAfter, kept between 1 s and 14 days; every other 420 is a request that will never work, or
/// AccountFrozen for FROZEN_*. Migrations carry the DC (1 to 1000, known or not) as argument, others the RPC
/// number; 303 without such a DC is a request that will never work.
Error rpcError(const mtproto::RpcError& error, std::string_view method);

}  // namespace mtpool::client
