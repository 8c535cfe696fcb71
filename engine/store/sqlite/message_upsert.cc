// SPDX-License-Identifier: Apache-2.0
// Why several statements and not one DO UPDATE … WHERE: the replaced values have to be kept, and the receipt
// tells inserted, updated and unchanged apart. DO NOTHING costs a new row the same as a plain insert; a known
// row is read and compared here, without binding its 17 columns, and rewritten only if one differs.
#include "engine/store/sqlite/message_upsert.h"

#include <sqlite3.h>

#include "engine/store/sqlite/failure.h"

namespace mtpool::store::sqlite {

namespace {

// kInsert and kRewrite number the columns of the row alike: bindRow fills either. All begin with the key.
constexpr std::string_view kInsert =
    "INSERT INTO messages (chat_id, message_id, box_id, date, edit_date, sender_id, kind, text, media_kind, "
    "views,"
    " forwards, replies, reactions, reply_to_id, forward_from_id, grouped_id, extra)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
    " ON CONFLICT (chat_id, message_id, box_id) DO NOTHING";

constexpr std::string_view kFind =
    "SELECT text, media_kind, extra, date, edit_date, sender_id, kind, views, forwards, replies, reactions,"
    " reply_to_id, forward_from_id, grouped_id FROM messages"
    " WHERE chat_id = ?1 AND message_id = ?2 AND box_id = ?3";

constexpr std::string_view kKeepReplaced =
    "INSERT INTO message_versions (chat_id, message_id, box_id, seen_at, edit_date, views, forwards, replies,"
    " reactions, content_changed, text, media_kind, extra)"
    " SELECT chat_id, message_id, box_id, ?4, edit_date, views, forwards, replies, reactions, ?5,"
    " iif(?5, text, NULL), iif(?5, media_kind, NULL), iif(?5, extra, NULL)"
    " FROM messages WHERE chat_id = ?1 AND message_id = ?2 AND box_id = ?3";

constexpr std::string_view kRewrite =
    "UPDATE messages SET date = ?4, edit_date = ?5, sender_id = ?6, kind = ?7, text = ?8, media_kind = ?9,"
    " views = ?10, forwards = ?11, replies = ?12, reactions = ?13, reply_to_id = ?14, forward_from_id = ?15,"
    " grouped_id = ?16, extra = ?17 WHERE chat_id = ?1 AND message_id = ?2 AND box_id = ?3";

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
int bindKey(sqlite3_stmt* to, const model::MessageRow& row) {
  return sqlite3_bind_int64(to, 1, row.chat.value) | sqlite3_bind_int64(to, 2, row.messageId) |
         sqlite3_bind_int64(to, 3, row.boxId);
}

bool bindRow(sqlite3_stmt* to, const model::MessageRow& row) {
  int rc = bindKey(to, row) | sqlite3_bind_int64(to, 4, row.date);
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

bool holdsText(const PreparedStatement& found, int column, std::string_view text) {
  return found.text(column) == text;
}

bool holdsTextOrNull(const PreparedStatement& found, int column, std::string_view text) {
  return text.empty() ? found.isNull(column) : found.text(column) == text;
}

bool holdsNumber(const PreparedStatement& found, int column, const std::optional<std::int64_t>& number) {
  return number ? found.integer(column) == *number && !found.isNull(column) : found.isNull(column);
}

// Columns in the order of kFind.
bool sameContent(const PreparedStatement& found, const model::MessageRow& row) {
  return holdsText(found, 0, row.text) && holdsTextOrNull(found, 1, row.mediaKind) &&
         holdsTextOrNull(found, 2, row.extra);
}

bool sameCounters(const PreparedStatement& found, const model::MessageRow& row) {
  return found.integer(3) == row.date && holdsNumber(found, 4, row.editDate) &&
         holdsNumber(found, 5, row.senderId) && holdsText(found, 6, model::name(row.kind)) &&
         holdsNumber(found, 7, row.views) && holdsNumber(found, 8, row.forwards) &&
         holdsNumber(found, 9, row.replies) && holdsTextOrNull(found, 10, row.reactions) &&
         holdsNumber(found, 11, row.replyToId) && holdsNumber(found, 12, row.forwardFromId) &&
         holdsNumber(found, 13, row.groupedId);
}

}  // namespace

Result<std::unique_ptr<MessageUpsert>> MessageUpsert::prepare(Connection& connection) {
  std::unique_ptr<MessageUpsert> upsert(new MessageUpsert(connection));
  MTP_TRY(upsert->insert_, PreparedStatement::prepare(connection.handle(), connection.name(), kInsert));
  MTP_TRY(upsert->find_, PreparedStatement::prepare(connection.handle(), connection.name(), kFind));
  MTP_TRY(upsert->keep_, PreparedStatement::prepare(connection.handle(), connection.name(), kKeepReplaced));
  MTP_TRY(upsert->rewrite_, PreparedStatement::prepare(connection.handle(), connection.name(), kRewrite));
  return upsert;
}

Result<UpsertCounts> MessageUpsert::write(std::span<const model::MessageRow> rows, std::int64_t seenAt) {
  UpsertCounts counts;
  const auto all = [&]() -> Result<void> {
    for (const model::MessageRow& row : rows) {
      MTP_DO(writeRow(row, seenAt, counts));
    }
    return {};
  };
  const auto done = all();
  insert_->clear();
  find_->clear();
  keep_->clear();
  rewrite_->clear();
  if (!done.ok()) {
    return done.error();
  }
  return counts;
}

Result<void> MessageUpsert::writeRow(const model::MessageRow& row, std::int64_t seenAt,
                                     UpsertCounts& counts) {
  Stored stored = Stored::Absent;
  if (expectKnown_) {
    MTP_TRY(stored, compare(row));
  }
  if (stored == Stored::Absent) {
    MTP_TRY(const bool isNew, insert(row));
    expectKnown_ = !isNew;
    if (isNew) {
      ++counts.inserted;
      return {};
    }
    MTP_TRY(stored, compare(row));
  }
  if (stored == Stored::Equal) {
    ++counts.unchanged;
    return {};
  }
  MTP_DO(keepReplaced(row, seenAt, stored == Stored::ContentDiffers));
  MTP_DO(rewrite(row));
  ++counts.updated;
  return {};
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

Result<MessageUpsert::Stored> MessageUpsert::compare(const model::MessageRow& row) {
  if (bindKey(find_->handle(), row) != SQLITE_OK) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  const auto found = find_->step();
  Stored stored = Stored::Absent;
  if (found.ok() && *found) {
    stored = !sameContent(*find_, row)    ? Stored::ContentDiffers
             : !sameCounters(*find_, row) ? Stored::CountersDiffer
                                          : Stored::Equal;
  }
  find_->reset();
  if (!found.ok()) {
    return found.error();
  }
  return stored;
}

Result<void> MessageUpsert::keepReplaced(const model::MessageRow& row, std::int64_t seenAt, bool content) {
  sqlite3_stmt* to = keep_->handle();
  const int rc =
      bindKey(to, row) | sqlite3_bind_int64(to, 4, seenAt) | sqlite3_bind_int64(to, 5, content ? 1 : 0);
  if (rc != SQLITE_OK) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  MTP_DO(run(*keep_));
  return {};
}

Result<void> MessageUpsert::rewrite(const model::MessageRow& row) {
  if (!bindRow(rewrite_->handle(), row)) {
    return lastFailure(connection_.handle(), connection_.name());
  }
  MTP_DO(run(*rewrite_));
  return {};
}

}  // namespace mtpool::store::sqlite
