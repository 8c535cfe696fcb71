// SPDX-License-Identifier: Apache-2.0
// The two JSON columns of a message, in canonical form: keys ascending, no spaces, so that equal content is
// equal text.
#pragma once

#include <string>

#include "tl/api/views.h"

namespace mtpool::collect {

/// {"👍":3,"custom:5368324170671202286":1,"paid":2}; false when there is none (NULL).
bool writeReactions(const tl::view::MessageReactions& reactions, std::string& out);

/// What has no column: author, via_bot_id, forward (name, post, date), service action, pinned, silent,
/// no_forwards, edit_hidden, reply_to_chat_id, topic_id, ttl. False when there is nothing.
bool writeExtra(const tl::view::Message& message, std::string& out);

}  // namespace mtpool::collect
