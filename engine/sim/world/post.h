// SPDX-License-Identifier: Apache-2.0
// One message of the world as facts, before it becomes TL or a line of the ledger. What only decorates it on
// the wire (file references, thumbnails) is drawn from `decor` by whoever encodes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/world/text_builder.h"

namespace mtpool::sim {

/// What hangs on a message, in the words of the column media_kind.
enum class MediaKind : std::uint8_t {
  None,
  Photo,
  Video,
  Audio,
  Voice,
  Sticker,
  Animation,
  Document,
  Poll,
  WebPage,
  Geo,
  Venue,
  Contact,
  Dice,
  Game,
  Invoice,
  Story,
  Giveaway,
  PaidMedia,
  Unsupported,
  Todo
};

inline constexpr int kMediaKinds = 21;

/// "photo"; empty for None.
std::string_view name(MediaKind kind);

enum class ServiceKind : std::uint8_t {
  ChannelCreate,
  PinMessage,
  EditTitle,
  EditPhoto,
  DeletePhoto,
  AddUser,
  JoinByLink,
  JoinByRequest,
  DeleteUser,
  SetTtl,
  BoostApply
};

inline constexpr int kServiceKinds = 11;

struct Forward {
  enum class From : std::uint8_t { User, Channel, Hidden } from = From::User;
  std::int64_t id = 0;     // of the user or channel
  std::string hiddenName;  // Hidden only
  std::int32_t date = 0;
  std::int32_t channelPost = 0;  // Channel only
};

struct ReactionTally {
  enum class Kind : std::uint8_t { Emoji, Custom, Paid } kind = Kind::Emoji;
  std::string emoji;            // Emoji only
  std::int64_t documentId = 0;  // Custom only
  std::int32_t count = 0;
};

struct CommentThread {
  bool comments = false;  // a channel's comments; else replies inside a group
  std::int32_t count = 0;
};

struct Post {
  std::int32_t id = 0;
  std::int32_t date = 0;
  std::optional<std::int32_t> editDate;
  bool editHidden = false;    // an edit nobody made: reactions, buttons, counters
  std::int64_t senderId = 0;  // user id, 0: the channel itself
  std::string author;         // signature of a channel's post, empty: none

  std::optional<ServiceKind> service;
  std::int64_t subjectId = 0;  // whom a service message is about, 0: nobody
  std::string text;            // empty for service messages
  std::vector<Entity> entities;
  MediaKind media = MediaKind::None;
  bool spoiler = false;

  std::optional<std::int32_t> views;  // views and forwards are there together or not at all
  std::optional<std::int32_t> forwards;
  std::optional<CommentThread> thread;
  std::vector<ReactionTally> reactions;
  std::optional<Forward> forward;
  std::int32_t replyTo = 0;  // 0: none
  std::optional<std::int64_t> groupedId;
  std::int64_t viaBot = 0;
  std::int32_t ttlSeconds = 0;
  bool pinned = false;
  bool silent = false;
  std::uint64_t decor = 0;
};

}  // namespace mtpool::sim
