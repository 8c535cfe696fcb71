// SPDX-License-Identifier: Apache-2.0
// The one policy chain: whatever a request meets (a rate, a wait, a failure), this is where it is obeyed or
// repeated. Nothing below retries requests, nothing above sleeps for Telegram.
#include <fmt/format.h>

#include <cmath>

#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/pool/pool.h"

namespace mtpool::pool {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// How long one request may take over reconnects before it counts as a failure.
constexpr seconds kRequestTime{60};
// Telegram counts whole seconds from its own clock: one more keeps us from being early.
constexpr seconds kWaitMargin{1};
constexpr double kLongestBackoffSeconds = 60;
// Longer than an answer takes; what lasts longer wants a reason.
constexpr seconds kUnremarkable{2};
// A key that is gone stays gone, and whoever else can say -404 is not driven away by knocking faster.
constexpr seconds kFirstRest{60};
constexpr seconds kLongestRest{3600};

}  // namespace

Lease::Lease(Pool& pool, Slot& slot, model::UserId user)
    : pool_(pool), slot_(slot), startedAt_(pool.context_.clock.mono()), lastProgress_(startedAt_) {
  session_.user = user;
  session_.account = slot.account.alias;
  session_.dc = slot.account.homeDc;
  session_.startedAt = pool.context_.clock.wall();
}

void Lease::noteProgress() {
  lastProgress_ = pool_.context_.clock.mono();
  ++pool_.version_;
}

std::string Lease::waitsFor() const {
  const auto since = askedAt_ ? pool_.context_.clock.mono() - *askedAt_ : MonoTime::duration(0);
  if (since < kUnremarkable) {
    return "";
  }
  return fmt::format("Telegram has not answered {} for {} s; it is asked again after {} s", asked_,
                     std::chrono::duration_cast<seconds>(since).count(), kRequestTime.count());
}

void Lease::noteUndecodable(const Error& error) {
  if (error.code() == Errc::UnknownConstructor) {
    pool_.context_.probe.unknownConstructors.add();
  }
}

Task<Result<void>> Pool::passLimits(Lease& lease, std::string_view method) {
  const MonoTime now = context_.clock.mono();
  if (const limits::HeldWait* held = book_.waits().find(lease.slot_.account.id, std::string(method), now)) {
    const auto left = std::chrono::ceil<milliseconds>(held->until - now);
    lease.session_.why = held->wait.reason;
    if (left > settings_.sleepThreshold + kWaitMargin) {
      co_return Error(Errc::FloodWait, held->wait.reason).withRetryAfter(std::chrono::ceil<seconds>(left));
    }
    MTP_CO_DO(co_await async::sleepFor(left));
  }
  const MonoTime start = context_.clock.mono();
  const MonoTime account = lease.slot_.rate.takeAt(start);
  const MonoTime global = globalRate_.takeAt(start);
  const MonoTime at = std::max(account, global);
  if (at > start) {
    lease.session_.why = global > account ? "waits for its turn under MTPROTO_GLOBAL_RPS"
                                          : "waits for its turn under MTPROTO_RPS_PER_ACCOUNT";
    MTP_CO_DO(co_await async::sleepUntil(at));
  }
  lease.session_.why.clear();
  co_return Result<void>();
}

void Pool::noteRefusedKey(Slot& slot, const Error& error) {
  Rest rest;
  rest.length = slot.rest ? std::min(2 * slot.rest->length, kLongestRest) : kFirstRest;
  rest.until = context_.clock.mono() + rest.length;
  rest.why =
      fmt::format("{}; if that lasts, the account is signed out, log it in again: mtpoolctl account login {}",
                  error.text(), slot.account.alias);
  slot.rest = std::move(rest);
  log::warn("pool", "account={} rests {} s: {}", slot.account.alias, slot.rest->length.count(),
            printable(slot.rest->why));
  book_.touch();
}

Task<Result<void>> Pool::noteFailure(Lease& lease, const Error& error, std::string_view method) {
  ++lease.session_.errors;
  ++version_;
  Slot& slot = lease.slot_;
  if (error.code() == Errc::FloodWait) {
    const seconds told = error.retryAfter().value_or(seconds(1));
    const auto jitter = milliseconds(context_.random.below(1000));
    ToldWait wait;
    wait.account = slot.account.id;
    wait.scope = std::string(method);
    wait.length = told + kWaitMargin + jitter;
    wait.reason = error.text();
    probe_.floodWaits.add();
    probe_.floodWaitSeconds.add(static_cast<std::uint64_t>(told.count()));
    log::warn("pool", "account={} method={} must wait {} s", slot.account.alias, method, told.count());
    co_return co_await book_.recordWait(std::move(wait));
  }
  if (error.code() == Errc::AuthKeyUnknown) {
    noteRefusedKey(slot, error);
    co_return Result<void>();
  }
  if (error.code() == Errc::Unauthorized) {
    co_return co_await book_.setState(slot, model::AccountState::NeedsLogin, error.text());
  }
  if (error.disposition() == Disposition::QuarantineAccount) {
    co_return co_await book_.setState(slot, model::AccountState::Quarantined, error.text());
  }
  co_return Result<void>();
}

Task<Result<Bytes>> Lease::invoke(Bytes query, std::string_view method) {
  for (std::int64_t attempt = 1;; ++attempt) {
    MTP_CO_DO(co_await pool_.passLimits(*this, method));
    const client::CallOptions options(method, pool_.context_.clock.mono() + kRequestTime);
    Bytes copy = query;
    asked_ = method;
    askedAt_ = pool_.context_.clock.mono();
    auto answer = co_await slot_.client->invoke(std::move(copy), options);
    askedAt_.reset();
    if (answer.ok()) {
      co_return answer;
    }
    const Error& error = answer.error();
    MTP_CO_DO(co_await pool_.noteFailure(*this, error, method));
    const Disposition disposition = error.disposition();
    if (disposition == Disposition::WaitThenRetry && attempt <= pool_.settings_.retryMax) {
      // passLimits obeys it, or gives the account back when it is long.
      continue;
    }
    // A refused key has been tried again by the client.
    const bool passing =
        (disposition == Disposition::RetrySame || disposition == Disposition::DropConnection) &&
        error.code() != Errc::AuthKeyUnknown;
    if (!passing || attempt > pool_.settings_.retryMax) {
      co_return answer;
    }
    pool_.probe_.retries.add();
    const double backoff = std::min(kLongestBackoffSeconds,
                                    std::pow(pool_.settings_.retryBackoff, static_cast<double>(attempt - 1)));
    session_.why = fmt::format("tries again in {:.0f} s: {}", backoff, error.text());
    MTP_CO_DO(co_await async::sleepFor(milliseconds(static_cast<std::int64_t>(backoff * 1000))));
  }
}

}  // namespace mtpool::pool
