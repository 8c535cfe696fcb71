// SPDX-License-Identifier: Apache-2.0
// The table `peers`: how an account addresses a chat. Usernames are kept in lower case.
#pragma once

#include <optional>
#include <string_view>

#include "engine/store/executor.h"
#include "engine/store/state_store.h"

namespace mtpool::store {

/// A username that moved to another chat leaves the old one. Inside a transaction.
Result<void> storePeer(Executor& executor, const Peer& peer);

Result<std::optional<Peer>> findPeer(Executor& executor, model::AccountId account, std::string_view username);
Result<void> deletePeer(Executor& executor, model::AccountId account, model::ChatId chat);

}  // namespace mtpool::store
