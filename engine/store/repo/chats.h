// SPDX-License-Identifier: Apache-2.0
// The table `chats`.
#pragma once

#include "engine/model/message.h"
#include "engine/store/executor.h"

namespace mtpool::store {

/// Inserts, or rewrites what differs.
Result<void> storeChat(Executor& executor, const model::ChatRow& chat, std::int64_t now);

}  // namespace mtpool::store
