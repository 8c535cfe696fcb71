// SPDX-License-Identifier: Apache-2.0
// The end of an authorisation at Telegram, for one that no client holds open.
#pragma once

#include "engine/client/client_context.h"
#include "engine/model/account.h"

namespace mtpool::admin {

/// Connects with `key` to `dc`, its home, and logs out there; takes at most 10 s. Nobody else may use the
/// key.
Task<Result<void>> logOut(client::ClientContext& context, Executor executor, std::int32_t dc,
                          model::DcKey key);

}  // namespace mtpool::admin
