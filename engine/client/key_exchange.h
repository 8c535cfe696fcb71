// SPDX-License-Identifier: Apache-2.0
// Creating an authorisation key over a link; the arithmetic runs on the crypto worker, not on the shard.
#pragma once

#include "engine/client/link.h"
#include "engine/mtproto/handshake.h"

namespace mtpool::client {

/// One attempt, to be wrapped in a deadline. Errors as HandshakeClient::step, plus those of the link.
Task<Result<mtproto::HandshakeResult>> exchangeKey(ClientContext& context, Link& link, std::int32_t dc);

}  // namespace mtpool::client
