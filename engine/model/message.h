// SPDX-License-Identifier: Apache-2.0
// Messages on their way from a page of history to rows. Views only: the page owns the bytes, so a message
// costs no allocation of its own.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/model/ids.h"

namespace mtpool::model {

enum class MessageKind : std::uint8_t { Message, Service };

std::string_view name(MessageKind kind);  // "message", "service"

/// One row of `messages`. What is absent is nullopt (NULL), 0 stays 0. Texts are clean UTF-8 without NUL.
struct MessageRow {
  ChatId chat;
  std::int64_t messageId = 0;
  std::int64_t boxId = 0;  // 0 for channels and supergroups
  std::int64_t date = 0;   // unix seconds UTC
  std::optional<std::int64_t> editDate;
  std::optional<std::int64_t> senderId;  // marked as ChatId
  MessageKind kind = MessageKind::Message;
  std::string_view text;       // own text; empty for service messages
  std::string_view mediaKind;  // empty = NULL
  std::optional<std::int64_t> views;
  std::optional<std::int64_t> forwards;
  std::optional<std::int64_t> replies;
  std::string_view reactions;  // canonical JSON object, empty = NULL
  std::optional<std::int64_t> replyToId;
  std::optional<std::int64_t> forwardFromId;  // marked as ChatId
  std::optional<std::int64_t> groupedId;
  std::string_view extra;  // canonical JSON object, empty = NULL
};

/// Text made while a page is decoded (cleaned texts, JSON). Pieces never move, also when the arena does.
class TextArena {
 public:
  /// A stable copy.
  std::string_view keep(std::string_view text);

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kChunk = 16 * 1024;
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t left_ = 0;
  char* next_ = nullptr;
  std::size_t bytes_ = 0;
};

/// Rows of one answer, with the memory they look into. Move-only; moving keeps every view valid.
struct MessagePage {
  Bytes raw;        // the decoded answer the views point into
  TextArena arena;  // or into this
  std::vector<MessageRow> rows;

  MessagePage() = default;
  MessagePage(MessagePage&&) noexcept = default;
  MessagePage& operator=(MessagePage&&) noexcept = default;
  MessagePage(const MessagePage&) = delete;
  MessagePage& operator=(const MessagePage&) = delete;

  /// What it holds in memory, for the bound of the write queue.
  std::size_t bytes() const { return raw.capacity() + arena.bytes() + rows.capacity() * sizeof(MessageRow); }
};

/// One row of `chats`.
struct ChatRow {
  ChatId chat;
  std::string kind;      // channel, supergroup, group, user, bot
  std::string username;  // without @, empty = NULL
  std::string title;
};

}  // namespace mtpool::model
