// SPDX-License-Identifier: Apache-2.0
// From an answer of messages.getHistory to rows: the last place that knows TL. Fields are views into the
// answer; what is not stored is skipped, not built. (Projection: resources/tl/views.txt.)
#pragma once

#include <optional>

#include "engine/base/result.h"
#include "engine/collect/history_walk.h"
#include "engine/model/message.h"
#include "engine/store/history_commit.h"

namespace mtpool::collect {

struct DecodedPage {
  model::MessagePage page;
  PageFacts facts;
  std::optional<model::ChatRow> chat;  // what the answer says about the chat itself
};

/// Takes the answer over. Errc::Malformed, UnknownConstructor or LimitExceeded when it cannot be read whole:
/// nothing of it may be used then, and `raw` is left to the caller, who keeps it as a dead letter.
Result<DecodedPage> decodePage(Bytes& raw, model::ChatId chat);

}  // namespace mtpool::collect
