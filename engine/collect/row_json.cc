// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/row_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/collect/marked_id.h"
#include "engine/model/ids.h"
#include "tl/api/ids.h"
#include "tl/api/names.h"

namespace mtpool::collect {

namespace ids = tl::api::id;
namespace view = tl::view;

namespace {

void writeString(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

void writeNumber(std::int64_t value, std::string& out) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

// Keys are written in the order of the calls, which therefore have to be ascending.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) {}

  void number(std::string_view key, std::int64_t value) {
    begin(key);
    writeNumber(value, out_);
  }

  void text(std::string_view key, std::string_view value) {
    begin(key);
    if (isCleanUtf8(value)) {
      writeString(value, out_);
    } else {
      writeString(cleanUtf8(value), out_);
    }
  }

  void yes(std::string_view key) {
    begin(key);
    out_ += "true";
  }

  bool finish() {
    if (!empty_) {
      out_.push_back('}');
    }
    return !empty_;
  }

 private:
  void begin(std::string_view key) {
    out_.push_back(empty_ ? '{' : ',');
    empty_ = false;
    writeString(key, out_);
    out_.push_back(':');
  }

  std::string& out_;
  bool empty_ = true;
};

std::string reactionKey(const view::Reaction& reaction) {
  switch (reaction.constructor) {
    case ids::kReactionEmoji:
      return cleanUtf8(reaction.emoticon.value_or(std::string_view()));
    case ids::kReactionCustomEmoji:
      return fmt::format("custom:{}", reaction.documentId.value_or(0));
    case ids::kReactionPaid:
      return "paid";
    default:
      return {};
  }
}

void writeForward(const view::MessageFwdHeader& forward, ObjectWriter& object) {
  object.number("forward_date", forward.date);
  if (forward.fromName) {
    object.text("forward_name", *forward.fromName);
  }
  if (forward.channelPost) {
    object.number("forward_post", *forward.channelPost);
  }
}

}  // namespace

bool writeReactions(const view::MessageReactions& reactions, std::string& out) {
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (const view::ReactionCount& result : reactions.results) {
    std::string key = reactionKey(result.reaction);
    if (!key.empty()) {
      counts.emplace_back(std::move(key), result.count);
    }
  }
  std::sort(counts.begin(), counts.end());
  ObjectWriter object(out);
  for (const auto& [key, count] : counts) {
    object.number(key, count);
  }
  return object.finish();
}

bool writeExtra(const view::Message& message, std::string& out) {
  ObjectWriter object(out);
  if (message.action) {
    object.text("action", tl::api::constructorName(message.action.id()));
  }
  if (message.postAuthor) {
    object.text("author", *message.postAuthor);
  }
  if (message.editHide) {
    object.yes("edit_hidden");
  }
  if (message.fwdFrom) {
    writeForward(*message.fwdFrom, object);
  }
  if (message.noforwards) {
    object.yes("no_forwards");
  }
  if (message.pinned) {
    object.yes("pinned");
  }
  if (message.replyTo && message.replyTo->replyToPeerId) {
    object.number("reply_to_chat_id", markedId(*message.replyTo->replyToPeerId).value);
  }
  if (message.silent) {
    object.yes("silent");
  }
  if (message.replyTo && message.replyTo->forumTopic && message.replyTo->replyToTopId) {
    object.number("topic_id", *message.replyTo->replyToTopId);
  }
  if (message.ttlPeriod) {
    object.number("ttl", *message.ttlPeriod);
  }
  if (message.viaBotId) {
    object.number("via_bot_id", *message.viaBotId);
  }
  return object.finish();
}

}  // namespace mtpool::collect
