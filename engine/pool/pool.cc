// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/pool.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/telemetry/contract_lines.h"

namespace mtpool::pool {

namespace {

// A burst of one second's worth, at least one: enough to use the rate, too little to be noticed as a flood.
double burstFor(double perSecond) {
  return std::max(1.0, perSecond);
}

bool allowed(const PoolSettings& settings, const model::Account& account) {
  return settings.accounts.empty() || std::find(settings.accounts.begin(), settings.accounts.end(),
                                                account.alias) != settings.accounts.end();
}

Error noUserAccount(const model::Account* bot) {
  constexpr std::string_view kRemedy = "add a user account: mtpoolctl account add NAME --phone +…";
  return {Errc::NotFound,
          bot == nullptr
              ? fmt::format("no account may collect this; {}", kRemedy)
              : fmt::format("account {} is a bot, and bots cannot read history; {}", bot->alias, kRemedy)};
}

}  // namespace

Pool::Pool(client::ClientContext& context, Executor executor, AccountBook& book, store::MessageStore& store,
           Probe& probe, PoolSettings settings)
    : context_(context),
      executor_(std::move(executor)),
      book_(book),
      store_(store),
      probe_(probe),
      changed_(executor_) {
  configure(std::move(settings));
}

void Pool::configure(PoolSettings settings) {
  settings_ = std::move(settings);
  gate_.configure(settings_.maxConcurrentUsers, settings_.maxConnectionsPerUser);
  globalRate_.configure(settings_.globalRps, burstFor(settings_.globalRps));
  for (Slot* slot : book_.all()) {
    slot->rate.configure(settings_.rpsPerAccount, burstFor(settings_.rpsPerAccount));
  }
  ++version_;
  changed_.notify();
}

// With MTPROTO_POOL_ENABLED=false only the first that is allowed and ready, whoever asks.
Result<std::vector<Slot*>> Pool::candidatesFor(model::UserId user) const {
  const bool alone = !settings_.poolEnabled;
  std::vector<Slot*> candidates;
  std::optional<Error> why;
  const model::Account* bot = nullptr;
  for (Slot* slot : book_.all()) {
    const model::Account& account = slot->account;
    const bool serves = user.value == 0 || account.user == user;
    if (!allowed(settings_, account) || (!serves && !alone)) {
      continue;
    }
    if (account.kind != model::AccountKind::User) {
      bot = &account;
      continue;
    }
    if (account.state != model::AccountState::Ready) {
      why = why.value_or(Error(Errc::NotFound, fmt::format("account {} is {}: {}", account.alias,
                                                           name(account.state), account.why)));
      continue;
    }
    if (!serves) {
      return Error(Errc::Busy,
                   fmt::format("MTPROTO_POOL_ENABLED=false lets only account {} collect, for user {}",
                               account.alias, account.user.value));
    }
    candidates.push_back(slot);
    if (alone) {
      break;
    }
  }
  if (candidates.empty()) {
    return why.value_or(noUserAccount(bot));
  }
  return candidates;
}

// Also while a session goes on that began when more were allowed.
Result<void> Pool::checkAlone(const Slot& slot) const {
  for (const Lease* lease : leases_) {
    if (!settings_.poolEnabled && &lease->slot_ != &slot) {
      return Error(Errc::Busy,
                   fmt::format("account {} is collecting and MTPROTO_POOL_ENABLED=false lets only one",
                               lease->session_.account));
    }
  }
  return {};
}

std::optional<Error> Pool::obstacle(const Slot& slot, const Want& want) const {
  const MonoTime now = context_.clock.mono();
  const model::Account& account = slot.account;
  const auto waits = [&account, now](MonoTime until, const std::string& why) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(until - now);
    return Error(Errc::FloodWait,
                 fmt::format("account {} waits {}: {}", account.alias, humanDuration(left), why))
        .withRetryAfter(left);
  };
  if (slot.rest && slot.rest->until > now) {
    return waits(slot.rest->until, slot.rest->why);
  }
  for (const std::string_view method : {kHistoryMethod, kResolveMethod}) {
    const limits::HeldWait* held = book_.waits().find(account.id, std::string(method), now);
    if (held != nullptr && (method == kHistoryMethod || want.resolves)) {
      return waits(held->until, held->wait.reason);
    }
  }
  if (want.bars == nullptr) {
    return std::nullopt;
  }
  const auto bar = want.bars->find(account.id);
  if (bar == want.bars->end() || (bar->second.until && *bar->second.until <= now)) {
    return std::nullopt;
  }
  if (bar->second.until) {
    return waits(*bar->second.until, bar->second.why);
  }
  return Error(Errc::RpcForbidden, fmt::format("account {}: {}", account.alias, bar->second.why));
}

std::optional<std::string> Pool::keptOut(const Slot& slot) const {
  if (!settings_.enabled) {
    return "collecting is off: mtpoolctl config set MTPROTO_ENABLED=true";
  }
  if (!allowed(settings_, slot.account)) {
    return "MTPROTO_ACCOUNTS does not name it";
  }
  if (slot.account.kind != model::AccountKind::User) {
    return "bots cannot read history";
  }
  const auto candidates = candidatesFor(model::UserId());
  if (!settings_.poolEnabled && candidates.ok() && candidates->front() != &slot) {
    return fmt::format(
        "the pool is off, so only account {} collects: mtpoolctl config set MTPROTO_POOL_ENABLED=true",
        candidates->front()->account.alias);
  }
  return std::nullopt;
}

bool Pool::anyLeft(const Want& want) const {
  const auto candidates = candidatesFor(want.user);
  if (!candidates.ok() || want.bars == nullptr) {
    return candidates.ok();
  }
  return std::any_of(candidates->begin(), candidates->end(), [&want](const Slot* slot) {
    const auto bar = want.bars->find(slot->account.id);
    return bar == want.bars->end() || bar->second.until;
  });
}

// Least recently used first, so that work spreads; every refusal says which rule held.
Result<Slot*> Pool::pickFor(const Want& want) const {
  if (!settings_.enabled) {
    return Error(Errc::Busy, "collecting is switched off (MTPROTO_ENABLED=false)");
  }
  MTP_TRY(std::vector<Slot*> candidates, candidatesFor(want.user));
  std::stable_sort(candidates.begin(), candidates.end(), [](const Slot* a, const Slot* b) {
    return a->account.lastUsedAt < b->account.lastUsedAt;
  });
  std::optional<Error> taken;
  std::optional<Error> soonest;
  constexpr std::chrono::seconds kNever = std::chrono::seconds::max();
  for (Slot* slot : candidates) {
    if (auto error = obstacle(*slot, want)) {
      if (!soonest || error->retryAfter().value_or(kNever) < soonest->retryAfter().value_or(kNever)) {
        soonest = std::move(error);
      }
      continue;
    }
    MTP_DO(checkAlone(*slot));
    if (slot->leased) {
      taken = taken.value_or(Error(Errc::Busy, settings_.poolEnabled
                                                   ? std::string("every account is collecting")
                                                   : fmt::format("account {} is collecting and "
                                                                 "MTPROTO_POOL_ENABLED=false lets only one",
                                                                 slot->account.alias)));
      continue;
    }
    // A user at the limit must not keep another's account idle.
    if (auto place = gate_.check(slot->account.user); !place.ok()) {
      taken = std::move(place).error();
      continue;
    }
    return slot;
  }
  return taken ? *taken : *soonest;
}

Result<void> Pool::check(const Want& want) const {
  MTP_DO(pickFor(want));
  return {};
}

Result<std::unique_ptr<Lease>> Pool::tryAcquire(const Want& want) {
  MTP_TRY(Slot * slot, pickFor(want));
  MTP_DO(gate_.enter(slot->account.user));
  slot->leased = true;
  slot->rate.configure(settings_.rpsPerAccount, burstFor(settings_.rpsPerAccount));
  std::unique_ptr<Lease> lease(new Lease(*this, *slot, slot->account.user));
  leases_.push_back(lease.get());
  book_.touch();
  ++version_;
  publish();
  return lease;
}

Task<Result<void>> Pool::begin(Lease& lease) {
  model::CollectionRun run;
  run.user = lease.session_.user;
  run.account = lease.session_.account;
  run.startedAt = lease.session_.startedAt;
  MTP_CO_TRY(lease.session_.id, co_await store_.startRun(run));
  probe_.acquired.add();
  log::info("pool", "{}",
            telemetry::acquiredLine(lease.session_.user.value, gate_.activeUsers(), gate_.maxUsers()));
  Slot& slot = lease.slot_;
  const std::int32_t dc = slot.account.homeDc;
  std::optional<model::DcKey> key;
  if (const auto it = slot.keys.byDc.find(dc); it != slot.keys.byDc.end()) {
    key = it->second;
  }
  if (!key) {
    auto noted =
        co_await book_.setState(slot, model::AccountState::NeedsLogin, "it has no key; log it in again");
    co_return noted.ok() ? Error(Errc::Unauthorized, "the account has no key; log it in again")
                         : noted.error();
  }
  slot.client = std::make_unique<client::Client>(context_, executor_, dc, std::move(key));
  lease.session_.why = "connecting";
  auto opened = co_await slot.client->open(context_.clock.mono() + settings_.connectionTimeout);
  lease.session_.why.clear();
  if (!opened.ok()) {
    // A wait for initConnection forbids everything the account could do.
    MTP_CO_DO(co_await noteFailure(lease, opened.error(), "*"));
    co_return opened.error().code() == Errc::AuthKeyUnknown ? Error(Errc::AuthKeyUnknown, slot.rest->why)
                                                            : opened.error();
  }
  slot.rest.reset();
  lease.session_.state = model::SessionState::Collecting;
  lease.noteProgress();
  ++version_;
  co_return Result<void>();
}

Task<void> Pool::release(std::unique_ptr<Lease> lease, model::RunOutcome outcome) {
  lease->session_.state = model::SessionState::Closing;
  ++version_;
  Slot& slot = lease->slot_;
  auto noted = co_await book_.noteUse(slot);
  if (slot.client) {
    co_await slot.client->stop();
    slot.client.reset();
  }
  model::CollectionRun run;
  run.id = lease->session_.id;
  run.user = lease->session_.user;
  run.account = lease->session_.account;
  run.startedAt = lease->session_.startedAt;
  run.durationSeconds = std::chrono::duration<double>(context_.clock.mono() - lease->startedAt_).count();
  run.channels = lease->session_.channels;
  run.messages = lease->session_.messages;
  run.errors = lease->session_.errors;
  run.outcome = outcome;
  if (run.id.value != 0) {
    auto stored = co_await store_.finishRun(run);
    if (!stored.ok()) {
      log::error("pool", "run {} could not be stored: {}", run.id.value, stored.error().text());
    }
  }
  if (!noted.ok()) {
    log::error("pool", "account={} use could not be stored: {}", run.account, noted.error().text());
  }
  gate_.leave(lease->session_.user);
  slot.leased = false;
  leases_.remove(lease.get());
  probe_.released.add();
  log::info(
      "pool", "{}",
      telemetry::releasedLine(run.user.value, run.durationSeconds, run.channels, run.messages, run.errors));
  book_.touch();
  ++version_;
  publish();
  changed_.notify();
}

std::vector<model::Session> Pool::sessions() const {
  std::vector<model::Session> out;
  out.reserve(leases_.size());
  for (const Lease* lease : leases_) {
    out.push_back(lease->session());
    const auto& client = lease->slot_.client;
    if (client && !client->ready()) {
      out.back().why = client->trouble();
    } else if (out.back().why.empty()) {
      out.back().why = lease->waitsFor();
    }
  }
  std::sort(out.begin(), out.end(),
            [](const model::Session& a, const model::Session& b) { return a.id < b.id; });
  return out;
}

void Pool::updateRates(WallTime now) {
  for (Lease* lease : leases_) {
    const double seconds = std::chrono::duration<double>(now - lease->ratedAt_).count();
    if (seconds > 0 && lease->ratedAt_ != WallTime{}) {
      const auto gained = static_cast<double>(lease->session_.messages - lease->ratedMessages_);
      lease->session_.messagesPerSecond = gained / seconds;
    }
    lease->ratedAt_ = now;
    lease->ratedMessages_ = lease->session_.messages;
  }
}

void Pool::publish() {
  std::int64_t healthy = 0;
  const auto slots = book_.all();
  for (const Slot* slot : slots) {
    healthy += slot->account.state == model::AccountState::Ready ? 1 : 0;
  }
  probe_.accounts.set(static_cast<double>(slots.size()));
  probe_.healthyAccounts.set(static_cast<double>(healthy));
  probe_.activeSessions.set(static_cast<double>(gate_.sessions()));
  probe_.activeUsers.set(static_cast<double>(gate_.activeUsers()));
}

}  // namespace mtpool::pool
