// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/collector.h"

#include <fmt/format.h>

#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/collect/resolver.h"
#include "engine/tl/codec.h"
#include "tl/api/message_methods.h"
#include "tl/api/names.h"
#include "tl/api/peer.h"

namespace mtpool::collect {

namespace api = tl::api;

namespace {

// A target that failed by bad luck is tried again after this.
constexpr std::chrono::seconds kRetryPause{30};

Bytes historyQuery(const store::Peer& peer, const PageRequest& request) {
  api::InputPeerChannel channel;
  channel.channelId = peer.chat.bare();
  channel.accessHash = peer.accessHash;
  api::messages::GetHistory method;
  method.peer = channel;
  method.offsetId = static_cast<std::int32_t>(request.offsetId);
  method.minId = static_cast<std::int32_t>(request.minId);
  method.limit = request.limit;
  return tl::serialize(method);
}

bool endsSession(const Error& error) {
  return error.disposition() == Disposition::WaitThenRetry ||
         error.disposition() == Disposition::QuarantineAccount;
}

}  // namespace

Task<TargetOutcome> Collector::collect(pool::Lease& lease, TargetEntry& entry, CollectSettings settings) {
  lease.session().target = entry.target().spec;
  ++lease.session().channels;
  lease.noteProgress();
  auto started = co_await targets_.setState(entry, model::TargetState::Running, "");
  if (!started.ok()) {
    log::error("collect", "{} state could not be stored: {}", entry.target().spec, started.error().text());
  }
  auto walked = co_await walk(lease, entry, settings);
  if (!walked.ok() && entry.removed) {
    walked = Error(Errc::Cancelled, "the target was removed");
  }
  lease.session().target.clear();
  co_return co_await settle(lease, entry, settings, std::move(walked));
}

/// True when everything asked for is stored, false when the run's limit ended it.
Task<Result<bool>> Collector::walk(pool::Lease& lease, TargetEntry& entry, CollectSettings settings) {
  std::string spec = entry.target().spec;
  MTP_CO_TRY(const store::Peer peer, co_await resolve(lease, state_, messages_, std::move(spec)));
  MTP_CO_DO(co_await targets_.bind(entry, peer.chat));
  HistoryWalk history(entry.record.cursor, entry.target().history, settings.historyLimitPerRun);
  bool reloaded = false;
  while (history.next()) {
    if (entry.removed) {
      co_return Error(Errc::Cancelled, "the target was removed");
    }
    if (co_await async::isCancelled()) {
      co_return Error(Errc::Cancelled, "stopped");
    }
    auto read = co_await readPage(lease, entry, peer, history);
    if (!read.ok() && read.error().code() == Errc::Refused && !reloaded) {
      // The rows of this chat were purged meanwhile: what the store has now is where to go on from.
      reloaded = true;
      MTP_CO_DO(co_await targets_.reload(entry));
      history = HistoryWalk(entry.record.cursor, entry.target().history, settings.historyLimitPerRun);
      continue;
    }
    MTP_CO_DO(std::move(read));
  }
  co_return history.complete();
}

Task<Result<void>> Collector::readPage(pool::Lease& lease, TargetEntry& entry, const store::Peer& peer,
                                       HistoryWalk& walk) {
  Bytes query = historyQuery(peer, *walk.next());
  MTP_CO_TRY(Bytes raw, co_await lease.invoke(std::move(query), "messages.getHistory"));
  probe_.pages.add();
  auto decoded = decodePage(std::move(raw), peer.chat);
  if (!decoded.ok()) {
    co_return std::move(decoded).error();
  }
  auto advance = walk.take(decoded->facts);
  if (!advance.ok()) {
    co_return std::move(advance).error();
  }
  store::HistoryCommit commit;
  commit.target = entry.target().id;
  commit.chat = peer.chat;
  commit.page = std::move(decoded->page);
  commit.previous = walk.cursor();
  commit.next = advance->cursor;
  if (advance->proven) {
    commit.covered = store::IdRange{advance->proven->low, advance->proven->high};
  }
  commit.chatRow = std::move(decoded->chat);
  const std::int64_t rows = decoded->facts.messages;
  for (const auto& row : commit.page.rows) {
    entry.record.lastMessageDate = std::max(entry.record.lastMessageDate, row.date);
  }
  auto committed = co_await messages_.commitHistory(std::move(commit));
  if (!committed.ok()) {
    storeTrouble_ = committed.error().text();
    co_return std::move(committed).error();
  }
  storeTrouble_.clear();
  const store::CommitReceipt& receipt = *committed;
  walk.commit(receipt.cursor, rows);
  entry.record.cursor = receipt.cursor;
  lease.session().messages += rows;
  stored_ += receipt.inserted;
  probe_.messages.add(static_cast<std::uint64_t>(receipt.inserted));
  probe_.changed.add(static_cast<std::uint64_t>(receipt.updated));
  lease.noteProgress();
  targets_.touch();
  co_return Result<void>();
}

Task<TargetOutcome> Collector::settle(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                                      Result<bool> walked) {
  const WallTime now = clock_.wall();
  const auto interval =
      entry.target().interval.count() > 0 ? entry.target().interval : settings.collectionInterval;
  model::TargetState state = model::TargetState::Complete;
  std::string why;
  TargetOutcome outcome = TargetOutcome::Complete;
  entry.target().lastRunAt = now;
  entry.target().nextDueAt = now + interval;
  if (walked.ok() && !*walked) {
    state = model::TargetState::Due;
    outcome = TargetOutcome::Limit;
    why = fmt::format("{} messages a run (MTPROTO_HISTORY_LIMIT_PER_RUN); the next run goes on",
                      settings.historyLimitPerRun);
    entry.target().nextDueAt = entry.pursueUntil > now ? now : entry.target().nextDueAt;
  } else if (!walked.ok() && walked.error().code() == Errc::Cancelled) {
    state = model::TargetState::Due;
    outcome = TargetOutcome::Stopped;
    entry.target().nextDueAt = now;
  } else if (!walked.ok() && endsSession(walked.error())) {
    state = model::TargetState::Waiting;
    outcome = TargetOutcome::GiveBack;
    why = walked.error().text();
    entry.target().nextDueAt = now;
  } else if (!walked.ok()) {
    ++lease.session().errors;
    probe_.runErrors.add();
    why = walked.error().text();
    const Errc code = walked.error().code();
    const bool hopeless =
        (walked.error().disposition() == Disposition::CallerFault && code != Errc::Refused) ||
        code == Errc::RpcForbidden;
    state = hopeless ? model::TargetState::Failed : model::TargetState::Waiting;
    outcome = TargetOutcome::Failed;
    entry.target().nextDueAt = hopeless ? entry.target().nextDueAt : now + kRetryPause;
    log::error("collect", "{} {}: {}", entry.target().spec, name(state), printable(why));
  }
  auto saved = co_await targets_.setState(entry, state, std::move(why));
  if (!saved.ok()) {
    log::error("collect", "{} state could not be stored: {}", entry.target().spec, saved.error().text());
  }
  co_return outcome;
}

}  // namespace mtpool::collect
