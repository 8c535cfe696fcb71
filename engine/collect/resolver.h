// SPDX-License-Identifier: Apache-2.0
// From "@name" to a chat this account may read. Access hashes belong to one account, so each asks once and
// the state store remembers.
#pragma once

#include <string>

#include "engine/async/task.h"
#include "engine/pool/pool.h"
#include "engine/store/message_store.h"
#include "engine/store/state_store.h"

namespace mtpool::collect {

/// "@Name", "name" or a t.me link to a public name becomes "@name", the same for every spelling;
/// Errc::InvalidArgument says what is wrong.
Result<std::string> canonicalSpec(std::string_view text);

struct Located {
  store::Peer peer;
  bool remembered = false;  // not asked just now: the name or the access hash may have changed since
};

/// Finds the channel or supergroup of `spec`. A name may move to another channel, so Telegram is asked again
/// after a week; while it makes us wait for that, what is remembered goes on to serve. Errc::NotFound when
/// nobody has the name, Unsupported when it belongs to a person or a bot, RpcForbidden when this account may
/// not read it.
Task<Result<Located>> resolve(pool::Lease& lease, store::StateStore& state, store::MessageStore& messages,
                              const Clock& clock, std::string spec);

}  // namespace mtpool::collect
