// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/targets.h"

#include <fmt/format.h>

#include <limits>

#include "engine/base/text.h"

namespace mtpool::store {

namespace {

// A state this version doesn't know is due: looking again is always right.
model::TargetState stateNamed(std::string_view text) {
  using model::TargetState;
  for (const auto state :
       {TargetState::Running, TargetState::Waiting, TargetState::Complete, TargetState::Failed}) {
    if (model::name(state) == text) {
      return state;
    }
  }
  return TargetState::Due;
}

WallTime atSecond(std::int64_t seconds) {
  return WallTime(std::chrono::seconds(seconds));
}

TargetRecord readTarget(const Row& row) {
  TargetRecord record;
  record.target.id = model::TargetId(row.integer(0));
  record.target.spec = row.string(1);
  record.target.user = model::UserId(row.integer(2));
  record.target.chat = model::ChatId{row.integer(3)};
  record.target.history = model::HistoryDepth::parse(row.text(4)).value_or(model::HistoryDepth());
  record.target.interval = std::chrono::seconds(row.integer(5));
  record.target.state = stateNamed(row.text(6));
  record.target.why = row.string(7);
  record.target.nextDueAt = atSecond(row.integer(8));
  record.target.lastRunAt = atSecond(row.integer(9));
  record.cursor.newestId = row.integer(10);
  record.cursor.oldestId = row.integer(11);
  record.cursor.headNewestId = row.integer(12);
  record.cursor.headOldestId = row.integer(13);
  record.cursor.reachedStart = row.integer(14) != 0;
  record.cursor.stored = row.integer(15);
  record.cursor.expected = row.integer(16);
  record.title = row.string(17);
  record.lastMessageDate = row.integer(18);
  return record;
}

Result<std::vector<TargetRecord>> readTargets(Executor& executor, model::TargetId first,
                                              model::TargetId last) {
  constexpr Statement kRead =
      "SELECT t.id, t.spec, t.user_id, t.chat_id, t.history, t.interval_s, t.state, t.why, t.next_due_at,"
      " t.last_run_at, c.newest_id, c.oldest_id, c.head_newest_id, c.head_oldest_id, c.reached_start, "
      "c.stored,"
      " c.expected, ch.title, (SELECT max(m.date) FROM messages m WHERE m.chat_id = t.chat_id AND t.chat_id "
      "<> 0)"
      " FROM targets t LEFT JOIN cursors c ON c.target_id = t.id LEFT JOIN chats ch ON ch.id = t.chat_id"
      " WHERE t.id BETWEEN $1 AND $2 ORDER BY t.id";
  std::vector<TargetRecord> targets;
  const auto read = [&targets](const Row& row) { targets.push_back(readTarget(row)); };
  MTP_DO(executor.query(kRead, {first, last}, read));
  return targets;
}

Error noTarget(model::TargetId id) {
  return {Errc::NotFound, fmt::format("there is no target {}", id.value)};
}

Result<void> purgeChat(Executor& executor, model::ChatId chat) {
  constexpr Statement kCursors =
      "DELETE FROM cursors WHERE target_id IN (SELECT id FROM targets WHERE chat_id = $1)";
  constexpr Statement kCoverage = "DELETE FROM coverage WHERE chat_id = $1";
  constexpr Statement kLetters = "DELETE FROM dead_letters WHERE chat_id = $1";
  constexpr Statement kVersions = "DELETE FROM message_versions WHERE chat_id = $1";
  constexpr Statement kMessages = "DELETE FROM messages WHERE chat_id = $1";
  for (const Statement& statement : {kCursors, kCoverage, kLetters, kVersions, kMessages}) {
    MTP_DO(executor.exec(statement, {chat.value}));
  }
  return {};
}

}  // namespace

Result<TargetRecord> addTarget(Executor& executor, const model::Target& target) {
  constexpr Statement kAdd =
      "INSERT INTO targets (spec, user_id, chat_id, history, interval_s, state, why, next_due_at, "
      "last_run_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, '', $7, 0) ON CONFLICT (spec, user_id) DO UPDATE SET"
      " history = excluded.history, interval_s = excluded.interval_s, state = excluded.state, why = '',"
      " next_due_at = excluded.next_due_at RETURNING id";
  model::TargetId id;
  const auto read = [&id](const Row& row) { id = model::TargetId(row.integer(0)); };
  const std::string spec = cleanUtf8(target.spec);
  const std::string depth = target.history.text();
  MTP_DO(executor.query(kAdd,
                        {spec, target.user, target.chat.value, depth, target.interval.count(),
                         model::name(model::TargetState::Due), unixSeconds(target.nextDueAt)},
                        read));
  return loadTarget(executor, id);
}

Result<void> updateTargetState(Executor& executor, const model::Target& target) {
  constexpr Statement kUpdate =
      "UPDATE targets SET chat_id = $2, state = $3, why = $4, next_due_at = $5, last_run_at = $6 WHERE id = "
      "$1";
  const std::string why = cleanUtf8(target.why);
  MTP_TRY(const std::int64_t changed,
          executor.exec(kUpdate, {target.id, target.chat.value, model::name(target.state), why,
                                  unixSeconds(target.nextDueAt), unixSeconds(target.lastRunAt)}));
  if (changed == 0) {
    return noTarget(target.id);
  }
  return {};
}

Result<TargetRecord> rebindTarget(Executor& executor, model::TargetId id, model::ChatId chat) {
  constexpr Statement kBind = "UPDATE targets SET chat_id = $2 WHERE id = $1 AND chat_id <> $2";
  constexpr Statement kForget = "DELETE FROM cursors WHERE target_id = $1";
  MTP_TRY(const std::int64_t changed, executor.exec(kBind, {id, chat.value}));
  if (changed > 0) {
    MTP_DO(executor.exec(kForget, {id}));
  }
  return loadTarget(executor, id);
}

Result<void> deleteTarget(Executor& executor, model::TargetId id, bool purge) {
  constexpr Statement kDelete = "DELETE FROM targets WHERE id = $1";
  MTP_TRY(const TargetRecord record, loadTarget(executor, id));
  MTP_DO(executor.exec(kDelete, {id}));
  if (purge && record.target.chat.value != 0) {
    return purgeChat(executor, record.target.chat);
  }
  return {};
}

Result<std::vector<TargetRecord>> listTargets(Executor& executor) {
  return readTargets(executor, model::TargetId(0), model::TargetId(std::numeric_limits<std::int64_t>::max()));
}

Result<TargetRecord> loadTarget(Executor& executor, model::TargetId id) {
  MTP_TRY(auto found, readTargets(executor, id, id));
  if (found.empty()) {
    return noTarget(id);
  }
  return std::move(found.front());
}

}  // namespace mtpool::store
