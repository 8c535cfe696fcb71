// SPDX-License-Identifier: Apache-2.0
// Why three statements and not one DO UPDATE … WHERE: the replaced values have to be kept, and the receipt
// tells inserted, updated and unchanged apart. DO NOTHING costs a new row the same as a plain insert; a known
// row then pays one lookup that compares and, if anything differs, copies the old values away.
#include "engine/store/sqlite/message_upsert.h"

#include <sqlite3.h>

#include "engine/store/sqlite/failure.h"

namespace mtpool::store::sqlite {

namespace {

// All three number the columns of the row alike: bindRow fills any of them.
constexpr std::string_view kInsert =
    "INSERT INTO messages (chat_id, message_id, box_id, date, edit_date, sender_id, kind, text, media_kind, "
    "views,"
    " forwards, replies, reactions, reply_to_id, forward_from_id, grouped_id, extra)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
    " ON CONFLICT (chat_id, message_id, box_id) DO NOTHING";

constexpr std::string_view kKeepReplaced =
    "INSERT INTO message_versions (chat_id, message_id, box_id, seen_at, edit_date, views, forwards, replies,"
    " reactions, content_changed, text, media_kind, extra)"
    " SELECT chat_id, message_id, box_id, ?18, edit_date, views, forwards, replies, reactions, changed,"
    " iif(changed, text, NULL), iif(changed, media_kind, NULL), iif(changed, extra, NULL)"
    " FROM (SELECT *, text <> ?8 OR media_kind IS DISTINCT FROM ?9 OR extra IS DISTINCT FROM ?17 AS changed"
    " FROM messages WHERE chat_id = ?1 AND message_id = ?2 AND box_id = ?3)"
    " WHERE changed OR views IS DISTINCT FROM ?10 OR edit_date IS DISTINCT FROM ?5 OR forwards IS DISTINCT "
    "FROM ?11"
    " OR replies IS DISTINCT FROM ?12 OR reactions IS DISTINCT FROM ?13 OR sender_id IS DISTINCT FROM ?6"
    " OR date <> ?4 OR kind <> ?7 OR reply_to_id IS DISTINCT FROM ?14 OR forward_from_id IS DISTINCT FROM ?15"
    " OR grouped_id IS DISTINCT FROM ?16";

constexpr std::string_view kRewrite =
    "UPDATE messages SET date = ?4, edit_date = ?5, sender_id = ?6, kind = ?7, text = ?8, media_kind = ?9,"
    " views = ?10, forwards = ?11, replies = ?12, reactions = ?13, reply_to_id = ?14, forward_from_id = ?15,"
    " grouped_id = ?16, extra = ?17 WHERE chat_id = ?1 AND message_id = ?2 AND box_id = ?3";

constexpr int kSeenAt = 18;

int bindText(sqlite3_stmt* to, int n, std::string_view text) {
  return sqlite3_bind_text64(to, n, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int bindTextOrNull(sqlite3_stmt* to, int n, std::string_view text) {
  return text.empty() ? sqlite3_bind_null(to, n) : bindText(to, n, text);
}

int bindNumber(sqlite3_stmt* to, int n, const std::optional<std::int64_t>& number) {
  return number ? sqlite3_bind_int64(to, n, *number) : sqlite3_bind_null(to, n);
}

// Straight to the C API: this runs for every message ever stored. The or of the codes is OK only if all are.
bool bindRow(sqlite3_stmt* to, const model::MessageRow& row) {
  int rc = sqlite3_bind_int64(to, 1, row.chat.value);
  rc |= sqlite3_bind_int64(to, 2, row.messageId);
  rc |= sqlite3_bind_int64(to, 3, row.boxId);
  rc |= sqlite3_bind_int64(to, 4, row.date);
  rc |= bindNumber(to, 5, row.editDate);
  rc |= bindNumber(to, 6, row.senderId);
  rc |= bindText(to, 7, model::name(row.kind));
  rc |= bindText(to, 8, row.text);
  rc |= bindTextOrNull(to, 9, row.mediaKind);
  rc |= bindNumber(to, 10, row.views);
  rc |= bindNumber(to, 11, row.forwards);
  rc |= bindNumber(to, 12, row.replies);
  rc |= bindTextOrNull(to, 13, row.reactions);
  rc |= bindNumber(to, 14, row.replyToId);
  rc |= bindNumber(to, 15, row.forwardFromId);
  rc |= bindNumber(to, 16, row.groupedId);
  rc |= bindTextOrNull(to, 17, row.extra);
  return rc == SQLITE_OK;
}

}  // namespace

Result<std::unique_ptr<MessageUpsert>> MessageUpsert::prepare(Connection& connection) {
  std::unique_ptr<MessageUpsert> upsert(new MessageUpsert(connection));
  MTP_TRY(upsert->insert_, PreparedStatement::prepare(connection.handle(), connection.name(), kInsert));
  MTP_TRY(upsert->keep_, PreparedStatement::prepare(connection.handle(), connection.name(), kKeepReplaced));
  MTP_TRY(upsert->rewrite_, PreparedStatement::prepare(connection.handle(), connection.name(), kRewrite));
  return upsert;
}

Result<UpsertCounts> MessageUpsert::write(std::span<const model::MessageRow> rows, std::int64_t seenAt) {
  UpsertCounts counts;
  const auto all = [&]() -> Result<void> {
    for (const model::MessageRow& row : rows) {
      MTP_TRY(const bool isNew, insert(row));
      if (isNew) {
        ++counts.inserted;
        continue;
      }
      MTP_TRY(const bool differs, keepReplaced(row, seenAt));
      if (!differs) {
        ++counts.unchanged;
        continue;
      }
      MTP_DO(rewrite(row));
      ++counts.updated;
    }
    return {};
  };
  const auto done = all();
  insert_->clear();
  keep_->clear();
  rewrite_->clear();
  if (!done.ok()) {
    return done.error();
  }
  return counts;
}

Result<std::int64_t> MessageUpsert::run(PreparedStatement& statement) {
  const auto stepped = statement.step();
  statement.reset();
  if (!stepped.ok()) {
    return stepped.error();
  }
  return sqlite3_changes64(connection_.handle());
}

Result<bool> MessageUpsert::insert(const model::MessageRow& row) {
  if (!bindRow(insert_->handle(), row)) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  MTP_TRY(const std::int64_t changed, run(*insert_));
  return changed > 0;
}

Result<bool> MessageUpsert::keepReplaced(const model::MessageRow& row, std::int64_t seenAt) {
  if (!bindRow(keep_->handle(), row) || sqlite3_bind_int64(keep_->handle(), kSeenAt, seenAt) != SQLITE_OK) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  MTP_TRY(const std::int64_t kept, run(*keep_));
  return kept > 0;
}

Result<void> MessageUpsert::rewrite(const model::MessageRow& row) {
  if (!bindRow(rewrite_->handle(), row)) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  MTP_DO(run(*rewrite_));
  return {};
}

}  // namespace mtpool::store::sqlite
