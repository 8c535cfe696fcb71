// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/page_decoder.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/collect/chat_title.h"
#include "engine/collect/marked_id.h"
#include "engine/collect/media_kind.h"
#include "engine/collect/row_json.h"
#include "tl/api/ids.h"
#include "tl/api/views.h"

namespace mtpool::collect {

namespace view = tl::view;
namespace ids = tl::api::id;

namespace {

template <class T>
std::optional<std::int64_t> wide(const std::optional<T>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

// Nearly all text is clean and stays where it lies.
std::string_view cleaned(std::string_view text, model::TextArena& arena) {
  return isCleanUtf8(text) ? text : arena.keep(cleanUtf8(text));
}

class RowMaker {
 public:
  RowMaker(model::ChatId chat, model::TextArena& arena) : chat_(chat), arena_(arena) {}

  model::MessageRow make(const view::Message& message) {
    model::MessageRow row;
    row.chat = chat_;
    row.messageId = message.id;
    row.date = message.date.value_or(0);
    row.editDate = wide(message.editDate);
    if (message.fromId) {
      row.senderId = markedId(*message.fromId).value;
    }
    row.groupedId = message.groupedId;
    row.views = wide(message.views);
    row.forwards = wide(message.forwards);
    if (message.replies) {
      row.replies = message.replies->replies;
    }
    if (message.replyTo) {
      row.replyToId = wide(message.replyTo->replyToMsgId);
    }
    if (message.fwdFrom && message.fwdFrom->fromId) {
      row.forwardFromId = markedId(*message.fwdFrom->fromId).value;
    }
    if (message.constructor == ids::kMessageService) {
      row.kind = model::MessageKind::Service;
    } else {
      row.text = cleaned(message.text.value_or(std::string_view()), arena_);
      row.mediaKind = mediaKind(message.media);
    }
    scratch_.clear();
    if (message.reactions && writeReactions(*message.reactions, scratch_)) {
      row.reactions = arena_.keep(scratch_);
    }
    scratch_.clear();
    if (writeExtra(message, scratch_)) {
      row.extra = arena_.keep(scratch_);
    }
    return row;
  }

 private:
  model::ChatId chat_;
  model::TextArena& arena_;
  std::string scratch_;
};

std::optional<model::ChatRow> findChat(const view::messages::Messages& answer, model::ChatId chat) {
  for (const view::Chat& candidate : answer.chats) {
    if (candidate.constructor != ids::kChannel || candidate.id != chat.bare() || candidate.min) {
      continue;
    }
    model::ChatRow row;
    row.chat = chat;
    row.kind = candidate.megagroup ? "supergroup" : "channel";
    row.title = chatTitle(candidate.title.value_or(std::string_view()));
    row.username = cleanUtf8(candidate.username.value_or(std::string_view()));
    for (const view::Username& username : candidate.usernames) {
      if (row.username.empty() && username.active) {
        row.username = cleanUtf8(username.username);
      }
    }
    return row;
  }
  return std::nullopt;
}

}  // namespace

Result<DecodedPage> decodePage(Bytes& raw, model::ChatId chat) {
  DecodedPage out;
  tl::Reader reader(raw);
  view::messages::Messages answer;
  answer.read(reader);
  MTP_DO(reader.finish());
  if (answer.constructor == ids::messages::kMessagesNotModified) {
    return Error(Errc::Malformed, "Telegram answered \"not modified\" to a request without a hash");
  }
  out.page.rows.reserve(answer.messages.size());
  out.facts.ids.reserve(answer.messages.size());
  out.facts.count = answer.count.value_or(0);
  RowMaker maker(chat, out.page.arena);
  for (const view::Message& message : answer.messages) {
    out.facts.ids.push_back(message.id);
    if (message.constructor == ids::kMessageEmpty) {
      continue;
    }
    if (!message.peerId || markedId(*message.peerId) != chat) {
      return Error(Errc::Malformed, fmt::format("the answer holds message {} of another chat", message.id));
    }
    out.page.rows.push_back(maker.make(message));
  }
  out.facts.messages = static_cast<std::int64_t>(out.page.rows.size());
  out.chat = findChat(answer, chat);
  out.page.raw = std::move(raw);  // the views stay valid: the bytes do not move
  return out;
}

}  // namespace mtpool::collect
