// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/store/repo/chats.h"
#include "engine/store/repo/coverage.h"

namespace mtpool::store {

namespace {

bool samePlace(const model::Cursor& a, const model::Cursor& b) {
  return a.newestId == b.newestId && a.oldestId == b.oldestId && a.headNewestId == b.headNewestId &&
         a.headOldestId == b.headOldestId && a.reachedStart == b.reachedStart;
}

Result<void> checkPage(const HistoryCommit& commit) {
  for (const model::MessageRow& row : commit.page.rows) {
    if (row.chat != commit.chat || row.boxId != commit.boxId) {
      return Error(Errc::InvalidArgument,
                   fmt::format("a page of chat {} holds message {} of chat {}: it was not stored",
                               commit.chat.value, row.messageId, row.chat.value));
    }
  }
  if (commit.covered && commit.covered->low > commit.covered->high) {
    return Error(Errc::InvalidArgument,
                 fmt::format("a page of chat {} claims the ids {} to {}: it was not stored",
                             commit.chat.value, commit.covered->low, commit.covered->high));
  }
  return {};
}

// The decoder promises text without NUL; a database must not depend on that promise (analysts' tools end
// strings there).
void replaceNul(model::MessagePage& page) {
  const auto clean = [&page](std::string_view& text) {
    if (text.find('\0') != std::string_view::npos) [[unlikely]] {
      text = page.arena.keep(cleanUtf8(text));
    }
  };
  for (model::MessageRow& row : page.rows) {
    clean(row.text);
    clean(row.mediaKind);
    clean(row.reactions);
    clean(row.extra);
  }
}

// Ascending ids fill the index from the left: a quarter less CPU and space than the order Telegram sends.
void sortRows(std::vector<model::MessageRow>& rows) {
  const auto byId = [](const model::MessageRow& a, const model::MessageRow& b) {
    return a.messageId < b.messageId;
  };
  if (std::is_sorted(rows.begin(), rows.end(), byId)) {
    return;
  }
  std::reverse(rows.begin(), rows.end());
  if (!std::is_sorted(rows.begin(), rows.end(), byId)) {
    std::stable_sort(rows.begin(), rows.end(), byId);
  }
}

Result<void> saveCursor(Executor& executor, model::TargetId target, const model::Cursor& cursor,
                        std::int64_t now) {
  constexpr Statement kSave =
      "INSERT INTO cursors (target_id, newest_id, oldest_id, head_newest_id, head_oldest_id, reached_start, "
      "stored,"
      " expected, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (target_id) DO UPDATE SET newest_id = excluded.newest_id, oldest_id = excluded.oldest_id,"
      " head_newest_id = excluded.head_newest_id, head_oldest_id = excluded.head_oldest_id,"
      " reached_start = excluded.reached_start, stored = excluded.stored, expected = excluded.expected,"
      " updated_at = excluded.updated_at";
  MTP_DO(
      executor.exec(kSave, {target, cursor.newestId, cursor.oldestId, cursor.headNewestId,
                            cursor.headOldestId, cursor.reachedStart, cursor.stored, cursor.expected, now}));
  return {};
}

Result<void> saveDeadLetters(Executor& executor, const HistoryCommit& commit, std::int64_t now) {
  constexpr Statement kForget =
      "DELETE FROM dead_letters WHERE chat_id = $1 AND message_id IS NOT DISTINCT FROM $2 AND box_id = $3 AND"
      " constructor_id = $4";
  constexpr Statement kInsert =
      "INSERT INTO dead_letters (chat_id, message_id, box_id, layer, constructor_id, reason, raw, seen_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
  for (const DeadLetter& letter : commit.deadLetters) {
    const Value id = letter.messageId == 0 ? Value() : Value(letter.messageId);
    const std::string reason = cleanUtf8(letter.reason);
    // What is tried again and again leaves one letter, the newest.
    MTP_DO(executor.exec(kForget, {commit.chat.value, id, commit.boxId, letter.constructorId}));
    MTP_DO(executor.exec(kInsert, {commit.chat.value, id, commit.boxId, letter.layer, letter.constructorId,
                                   reason, ByteView(letter.raw), now}));
  }
  return {};
}

/// Where a target stands, and in which chat.
struct Place {
  model::ChatId chat;
  model::Cursor cursor;
};

Result<Place> loadPlace(Executor& executor, model::TargetId target) {
  constexpr Statement kFind =
      "SELECT c.newest_id, c.oldest_id, c.head_newest_id, c.head_oldest_id, c.reached_start, c.stored, "
      "c.expected, t.chat_id"
      " FROM targets t LEFT JOIN cursors c ON c.target_id = t.id WHERE t.id = $1";
  std::optional<Place> found;
  const auto read = [&found](const Row& row) {
    found.emplace();
    found->cursor.newestId = row.integer(0);
    found->cursor.oldestId = row.integer(1);
    found->cursor.headNewestId = row.integer(2);
    found->cursor.headOldestId = row.integer(3);
    found->cursor.reachedStart = row.integer(4) != 0;
    found->cursor.stored = row.integer(5);
    found->cursor.expected = row.integer(6);
    found->chat = model::ChatId{row.integer(7)};
  };
  MTP_DO(executor.query(kFind, {target}, read));
  if (!found) {
    return Error(Errc::NotFound, fmt::format("target {} does not exist any more", target.value));
  }
  return *found;
}

// Each half would be a silent loss: the cursor of another writer, the cursor of another chat.
Result<void> checkPlace(const HistoryCommit& commit, const Place& present) {
  if (present.chat != commit.chat) {
    return Error(Errc::Refused,
                 fmt::format("target {} stands for chat {}, not for chat {} of this page: load "
                             "it again and go on from there",
                             commit.target.value, present.chat.value, commit.chat.value));
  }
  if (!samePlace(present.cursor, commit.previous)) {
    return Error(Errc::Refused,
                 fmt::format("the cursor of target {} was moved by another writer: load it again and go "
                             "on from there",
                             commit.target.value));
  }
  return {};
}

}  // namespace

Result<CommitReceipt> storeHistory(Executor& executor, HistoryCommit& commit, std::int64_t now) {
  MTP_DO(checkPage(commit));
  MTP_TRY(const Place present, loadPlace(executor, commit.target));
  MTP_DO(checkPlace(commit, present));
  replaceNul(commit.page);
  sortRows(commit.page.rows);
  MTP_TRY(const UpsertCounts counts, executor.upsertMessages(commit.page.rows, now));
  CommitReceipt receipt{counts.inserted, counts.updated, counts.unchanged, commit.next};
  receipt.cursor.stored = present.cursor.stored + static_cast<std::int64_t>(commit.page.rows.size());
  MTP_DO(saveCursor(executor, commit.target, receipt.cursor, now));
  if (commit.covered) {
    MTP_DO(addCoverage(executor, commit.chat, commit.boxId, *commit.covered));
  }
  if (commit.chatRow) {
    MTP_DO(storeChat(executor, *commit.chatRow, now));
  }
  MTP_DO(saveDeadLetters(executor, commit, now));
  return receipt;
}

}  // namespace mtpool::store
