// SPDX-License-Identifier: Apache-2.0
#include "engine/pool/account_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/log.h"
#include "engine/base/text.h"

namespace mtpool::pool {

namespace {

constexpr std::size_t kMaxAlias = 64;
// As long as the client believes a wait, with what the policy adds.
constexpr std::chrono::hours kLongestWait{14 * 24 + 1};

bool plainAliasChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

}  // namespace

Task<Result<void>> AccountBook::load() {
  MTP_CO_TRY(std::vector<store::StoredAccount> stored, co_await store_.accounts());
  for (auto& record : stored) {
    auto slot = std::make_unique<Slot>(std::move(record.account));
    slot->keys = std::move(record.keys);
    if (record.damage) {
      slot->account.state = model::AccountState::Quarantined;
      slot->account.why = record.damage->text();
      log::error("pool", "account={} quarantined: {}", slot->account.alias, slot->account.why);
    }
    byAlias_.emplace(slot->account.alias, std::move(slot));
  }
  MTP_CO_TRY(const std::vector<model::Wait> waits, co_await store_.waits());
  const MonoTime now = clock_.mono();
  const WallTime wall = clock_.wall();
  for (const auto& wait : waits) {
    waits_.record(wait, now + std::min<WallTime::duration>(wait.until - wall, kLongestWait));
  }
  ++version_;
  co_return Result<void>();
}

Result<void> AccountBook::checkNewAlias(const std::string& alias) const {
  const bool plain = !alias.empty() && alias.size() <= kMaxAlias && alias.front() != '-' &&
                     alias.front() != '.' && std::all_of(alias.begin(), alias.end(), plainAliasChar);
  if (!plain) {
    return Error(Errc::InvalidArgument,
                 fmt::format("\"{}\" cannot name an account: use up to {} letters, digits, '-', '_' or '.'",
                             printable(alias, 80), kMaxAlias));
  }
  if (byAlias_.contains(alias)) {
    return Error(Errc::AlreadyExists, fmt::format("account {} exists already; choose another name", alias));
  }
  return {};
}

Task<Result<Slot*>> AccountBook::add(model::Account account, model::AccountKeys keys) {
  MTP_CO_DO(checkNewAlias(account.alias));
  for (const auto& [alias, slot] : byAlias_) {
    if (slot->account.telegramId == account.telegramId) {
      co_return Error(
          Errc::AlreadyExists,
          fmt::format("this Telegram account is here already as {}; one authorisation is enough", alias));
    }
  }
  MTP_CO_TRY(const model::AccountId id, co_await store_.addAccount(account, keys));
  account.id = id;
  auto slot = std::make_unique<Slot>(std::move(account));
  slot->keys = std::move(keys);
  Slot* added = slot.get();
  byAlias_[added->account.alias] = std::move(slot);
  ++version_;
  log::info("pool", "account={} added kind={} dc={}", added->account.alias, name(added->account.kind),
            added->account.homeDc);
  co_return added;
}

Task<Result<void>> AccountBook::renew(Slot& slot, model::Account account, model::AccountKeys keys) {
  // Under a lease nobody removes it either; one that ends meanwhile shows as NotFound below.
  const bool held = reserve(slot.account.alias).ok();
  account.id = slot.account.id;
  account.alias = slot.account.alias;
  auto saved = co_await store_.saveKeys(account.id, keys);
  if (saved.ok()) {
    saved = co_await store_.saveAccount(account);
  }
  if (held) {
    unreserve(slot);
  }
  MTP_CO_DO(std::move(saved));
  slot.account = std::move(account);
  slot.keys = std::move(keys);
  slot.rest.reset();
  ++version_;
  co_return Result<void>();
}

Result<Slot*> AccountBook::reserve(const std::string& alias) {
  Slot* slot = find(alias);
  if (slot == nullptr) {
    return Error(Errc::NotFound,
                 fmt::format("there is no account {}; see: mtpoolctl account list", printable(alias)));
  }
  if (slot->leased) {
    return Error(Errc::Busy,
                 fmt::format("account {} is collecting; try again when its session has ended", alias));
  }
  slot->leased = true;
  return slot;
}

void AccountBook::unreserve(Slot& slot) {
  slot.leased = false;
  ++version_;
}

Task<Result<void>> AccountBook::remove(Slot& slot) {
  const model::AccountId id = slot.account.id;
  const std::string alias = slot.account.alias;
  auto removed = co_await store_.removeAccount(id);
  if (!removed.ok()) {
    unreserve(slot);
    co_return removed;
  }
  byAlias_.erase(alias);
  waits_.forget(id);
  ++version_;
  log::info("pool", "account={} removed", alias);
  co_return Result<void>();
}

Task<Result<void>> AccountBook::setState(Slot& slot, model::AccountState state, std::string why) {
  slot.account.state = state;
  slot.account.why = std::move(why);
  ++version_;
  if (state != model::AccountState::Ready) {
    log::error("pool", "account={} is now {}: {}", slot.account.alias, name(state), slot.account.why);
  }
  co_return co_await store_.saveAccount(slot.account);
}

Task<Result<void>> AccountBook::noteUse(Slot& slot) {
  slot.account.lastUsedAt = clock_.wall();
  ++version_;
  if (slot.client) {
    if (auto key = slot.client->key()) {
      const std::int32_t dc = slot.client->dc();
      slot.keys.byDc[dc].salt = key->salt;
      MTP_CO_DO(co_await store_.saveSalt(slot.account.id, dc, key->salt));
    }
  }
  co_return co_await store_.saveAccount(slot.account);
}

Task<Result<void>> AccountBook::recordWait(ToldWait told) {
  model::Wait wait;
  wait.account = told.account;
  wait.scope = std::move(told.scope);
  wait.until = clock_.wall() + told.length;
  wait.reason = std::move(told.reason);
  const MonoTime now = clock_.mono();
  waits_.record(wait, now + told.length);
  waits_.forgetEnded(now);
  ++version_;
  co_return co_await store_.saveWait(std::move(wait));
}

Slot* AccountBook::find(const std::string& alias) {
  const auto it = byAlias_.find(alias);
  return it == byAlias_.end() ? nullptr : it->second.get();
}

std::vector<Slot*> AccountBook::all() {
  std::vector<Slot*> out;
  out.reserve(byAlias_.size());
  for (auto& [alias, slot] : byAlias_) {
    out.push_back(slot.get());
  }
  return out;
}

}  // namespace mtpool::pool
