// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/collector.h"

#include <fmt/format.h>

#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/tl/codec.h"
#include "tl/api/message_methods.h"
#include "tl/api/names.h"
#include "tl/api/peer.h"

namespace mtpool::collect {

namespace api = tl::api;

namespace {

// A target that failed by bad luck is tried again after this.
constexpr std::chrono::seconds kRetryPause{30};
// What could not be decoded can be after the chat or the engine changed, not by asking again soon.
constexpr std::chrono::hours kUndecodablePause{6};

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

Task<Result<Located>> Collector::locate(pool::Lease& lease, TargetEntry& entry) {
  std::string spec = entry.target().spec;
  MTP_CO_TRY(Located located, co_await resolve(lease, state_, messages_, clock_, std::move(spec)));
  MTP_CO_DO(co_await targets_.bind(entry, located.peer.chat));
  co_return located;
}

/// True when everything asked for is stored, false when the run's limit ended it.
Task<Result<bool>> Collector::walk(pool::Lease& lease, TargetEntry& entry, CollectSettings settings) {
  MTP_CO_TRY(Located located, co_await locate(lease, entry));
  HistoryWalk history(entry.record.cursor, entry.target().history, settings.historyLimitPerRun);
  bool reloaded = false;
  while (history.next()) {
    if (entry.removed) {
      co_return Error(Errc::Cancelled, "the target was removed");
    }
    if (co_await async::isCancelled()) {
      co_return Error(Errc::Cancelled, "stopped");
    }
    auto read = co_await readPage(lease, entry, located.peer, history);
    if (read.ok()) {
      continue;
    }
    if (read.error().code() == Errc::RpcForbidden && located.remembered) {
      // What was remembered may be out of date: the name is asked once more.
      MTP_CO_DO(co_await state_.removePeer(located.peer.account, located.peer.chat));
      MTP_CO_TRY(located, co_await locate(lease, entry));
    } else if (read.error().code() == Errc::Refused && !reloaded) {
      // The rows of this chat were purged meanwhile: what the store has now is where to go on from.
      reloaded = true;
      MTP_CO_DO(co_await targets_.reload(entry));
    } else {
      co_return std::move(read).error();
    }
    history = HistoryWalk(entry.record.cursor, entry.target().history, settings.historyLimitPerRun);
  }
  co_return history.complete();
}

Task<Result<void>> Collector::readPage(pool::Lease& lease, TargetEntry& entry, const store::Peer& peer,
                                       HistoryWalk& walk) {
  Bytes query = historyQuery(peer, *walk.next());
  MTP_CO_TRY(Bytes raw, co_await lease.invoke(std::move(query), pool::kHistoryMethod));
  probe_.pages.add();
  auto decoded = decodePage(raw, peer.chat);
  if (!decoded.ok()) {
    lease.noteUndecodable(decoded.error());
    co_return co_await keepDeadLetter(entry, walk.cursor(), std::move(raw), decoded.error());
  }
  auto advance = walk.take(decoded->facts);
  if (!advance.ok()) {
    Bytes answer = std::move(decoded->page.raw);
    co_return co_await keepDeadLetter(entry, walk.cursor(), std::move(answer), advance.error());
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
    co_return std::move(committed).error();
  }
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

// The cursor stays where it was; the error says where the answer is.
Task<Error> Collector::keepDeadLetter(TargetEntry& entry, model::Cursor cursor, Bytes raw, Error error) {
  store::DeadLetter letter;
  letter.layer = api::kLayer;
  letter.constructorId =
      error.code() == Errc::UnknownConstructor ? static_cast<std::uint32_t>(error.argument()) : 0;
  letter.reason = error.text();
  letter.raw = std::move(raw);
  store::HistoryCommit commit;
  commit.target = entry.target().id;
  commit.chat = entry.target().chat;
  commit.previous = cursor;
  commit.next = cursor;
  commit.deadLetters.push_back(std::move(letter));
  auto kept = co_await messages_.commitHistory(std::move(commit));
  if (!kept.ok()) {
    co_return std::move(kept).error();
  }
  probe_.deadLetters.add();
  co_return Error(Errc::UnknownConstructor,
                  fmt::format("an answer of Telegram could not be decoded and was kept in dead_letters ({})",
                              error.text()));
}

Collector::Verdict Collector::judge(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                                    const Result<bool>& walked) const {
  const WallTime now = clock_.wall();
  const auto interval =
      entry.target().interval.count() > 0 ? entry.target().interval : settings.collectionInterval;
  if (!walked.ok()) {
    return judgeError(lease, entry, walked.error(), now + interval);
  }
  Verdict verdict;
  verdict.nextDueAt = now + interval;
  if (!*walked) {
    verdict.outcome = TargetOutcome::Limit;
    verdict.state = model::TargetState::Due;
    verdict.why = fmt::format("{} messages a run (MTPROTO_HISTORY_LIMIT_PER_RUN); the next run goes on",
                              settings.historyLimitPerRun);
    verdict.nextDueAt = entry.pursueUntil > now ? now : verdict.nextDueAt;
  }
  return verdict;
}

Collector::Verdict Collector::judgeError(pool::Lease& lease, TargetEntry& entry, const Error& error,
                                         WallTime regular) const {
  using model::TargetState;
  const WallTime now = clock_.wall();
  const model::AccountId account = lease.slot().account.id;
  const Disposition disposition = error.disposition();
  if (error.code() == Errc::Cancelled) {
    return {TargetOutcome::Stopped, TargetState::Due, now, ""};
  }
  if (disposition == Disposition::WaitThenRetry) {
    // Only this account waits; another may read it at once. What is told is rounded up to whole seconds, and
    // the wait itself is kept to the moment: the bar ends first, so that the end of the wait finds the target
    // free.
    entry.bars[account] = {clock_.mono() + error.retryAfter().value_or(kRetryPause) - std::chrono::seconds(1),
                           error.text()};
    return {TargetOutcome::GiveBack, TargetState::Waiting, now, error.text()};
  }
  if (disposition == Disposition::QuarantineAccount) {
    return {TargetOutcome::GiveBack, TargetState::Waiting, now, error.text()};
  }
  if (error.code() == Errc::UnknownConstructor) {
    return {TargetOutcome::Failed, TargetState::Waiting, now + kUndecodablePause, error.text()};
  }
  if (error.code() == Errc::RpcForbidden) {
    entry.bars[account] = {std::nullopt, error.text()};
    if (lease.pool().anyLeft(entry.want())) {
      return {TargetOutcome::Elsewhere, TargetState::Due, now, error.text()};
    }
    return {TargetOutcome::Failed, TargetState::Failed, regular, error.text()};
  }
  if (disposition == Disposition::CallerFault && error.code() != Errc::Refused) {
    return {TargetOutcome::Failed, TargetState::Failed, regular, error.text()};
  }
  return {TargetOutcome::Failed, TargetState::Waiting, now + kRetryPause, error.text()};
}

Task<TargetOutcome> Collector::settle(pool::Lease& lease, TargetEntry& entry, CollectSettings settings,
                                      Result<bool> walked) {
  const WallTime now = clock_.wall();
  const MonoTime mono = clock_.mono();
  std::erase_if(entry.bars,
                [mono](const auto& bar) { return bar.second.until && *bar.second.until <= mono; });
  Verdict verdict = judge(lease, entry, settings, walked);
  entry.retryAt = {};
  if (verdict.outcome == TargetOutcome::Failed) {
    ++lease.session().errors;
    probe_.runErrors.add();
    entry.retryAt = now + kRetryPause;
    log::error("collect", "{} {}: {}", entry.target().spec, name(verdict.state), printable(verdict.why));
  }
  if (std::exchange(entry.askedAgain, false) && verdict.state != model::TargetState::Waiting) {
    verdict.state = model::TargetState::Due;
    verdict.nextDueAt = now;
    verdict.why.clear();
  }
  entry.target().lastRunAt = now;
  entry.target().nextDueAt = verdict.nextDueAt;
  auto saved = co_await targets_.setState(entry, verdict.state, std::move(verdict.why));
  if (!saved.ok()) {
    log::error("collect", "{} state could not be stored: {}", entry.target().spec, saved.error().text());
  }
  co_return verdict.outcome;
}

}  // namespace mtpool::collect
