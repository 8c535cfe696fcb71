// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/runs.h"

#include <fmt/format.h>

namespace mtpool::store {

namespace {

Value outcomeOf(const model::CollectionRun& run) {
  return run.outcome ? Value(model::name(*run.outcome)) : Value();
}

}  // namespace

Result<model::SessionId> insertRun(Executor& executor, const model::CollectionRun& run) {
  constexpr Statement kInsert =
      "INSERT INTO collection_runs (user_id, account, started_at, duration_s, channels, messages, errors, "
      "outcome)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
  model::SessionId id;
  const auto read = [&id](const Row& row) { id = model::SessionId(row.integer(0)); };
  MTP_DO(executor.query(kInsert,
                        {run.user, run.account, unixSeconds(run.startedAt), run.durationSeconds, run.channels,
                         run.messages, run.errors, outcomeOf(run)},
                        read));
  return id;
}

Result<void> updateRun(Executor& executor, const model::CollectionRun& run) {
  constexpr Statement kUpdate =
      "UPDATE collection_runs SET duration_s = $2, channels = $3, messages = $4, errors = $5, outcome = $6,"
      " account = $7 WHERE id = $1";
  MTP_TRY(const std::int64_t changed,
          executor.exec(kUpdate, {run.id, run.durationSeconds, run.channels, run.messages, run.errors,
                                  outcomeOf(run), run.account}));
  if (changed == 0) {
    return Error(Errc::NotFound, fmt::format("there is no collection run {}", run.id.value));
  }
  return {};
}

Result<std::int64_t> endOpenRuns(Executor& executor) {
  constexpr Statement kEnd = "UPDATE collection_runs SET outcome = 'killed' WHERE outcome IS NULL";
  return executor.exec(kEnd, {});
}

Result<model::RunMetrics> measureRuns(Executor& executor, std::int64_t now) {
  constexpr std::int64_t kRecentSeconds = 24 * 60 * 60;
  constexpr Statement kMeasure =
      "SELECT count(*), count(*) FILTER (WHERE started_at >= $1),"
      " coalesce(avg(duration_s) FILTER (WHERE outcome <> 'killed'), 0),"
      " coalesce(avg(messages) FILTER (WHERE outcome <> 'killed'), 0),"
      " coalesce(avg(channels) FILTER (WHERE outcome <> 'killed'), 0), coalesce(sum(errors), 0)"
      " FROM collection_runs WHERE outcome IS NOT NULL";
  model::RunMetrics metrics;
  const auto read = [&metrics](const Row& row) {
    metrics.totalSessions = row.integer(0);
    metrics.recentSessions = row.integer(1);
    metrics.avgDurationSeconds = row.real(2);
    metrics.avgMessagesPerSession = row.real(3);
    metrics.avgChannelsPerSession = row.real(4);
    metrics.totalErrors = row.integer(5);
  };
  MTP_DO(executor.query(kMeasure, {now - kRecentSeconds}, read));
  return metrics;
}

}  // namespace mtpool::store
