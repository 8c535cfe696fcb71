// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/accounts.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "engine/base/text.h"

namespace mtpool::store {

namespace {

constexpr std::size_t kAuthKeyBytes = 256;

std::string contextOf(model::AccountId id, std::int64_t dc, std::int64_t version) {
  return fmt::format("account:{}:dc:{}:v{}", id.value, dc, version);
}

std::int64_t micros(WallTime time) {
  return time.time_since_epoch().count();
}

WallTime atMicros(std::int64_t us) {
  return WallTime(std::chrono::microseconds(us));
}

// A state this version doesn't know must not be used as if it were ready.
model::AccountState stateNamed(std::string_view text) {
  using model::AccountState;
  for (const auto state : {AccountState::New, AccountState::Ready, AccountState::NeedsLogin}) {
    if (model::name(state) == text) {
      return state;
    }
  }
  return AccountState::Quarantined;
}

StoredAccount readAccount(const Row& row) {
  StoredAccount stored;
  model::Account& account = stored.account;
  account.id = model::AccountId(row.integer(0));
  account.alias = row.string(1);
  account.kind = row.text(2) == model::name(model::AccountKind::Bot) ? model::AccountKind::Bot
                                                                     : model::AccountKind::User;
  account.state = stateNamed(row.text(3));
  account.why = row.string(4);
  account.telegramId = row.integer(5);
  account.user = model::UserId(row.integer(6));
  account.phoneMasked = row.string(7);
  account.username = row.string(8);
  account.homeDc = static_cast<std::int32_t>(row.integer(9));
  account.addedAt = atMicros(row.integer(10));
  account.lastUsedAt = atMicros(row.integer(11));
  return stored;
}

// Opens one record into its account, or marks the account damaged.
void openKey(StoredAccount& stored, const crypto::MasterKey& master, const Row& row) {
  if (stored.damage) {
    return;
  }
  const std::int64_t dc = row.integer(1);
  auto opened = crypto::unseal(master, contextOf(stored.account.id, dc, row.integer(2)), row.bytes(3));
  if (opened.ok() && opened->reveal().size() == kAuthKeyBytes) {
    model::DcKey key;
    key.authKey = std::move(*opened);
    key.salt = static_cast<std::uint64_t>(row.integer(4));
    stored.keys.byDc.emplace(static_cast<std::int32_t>(dc), std::move(key));
    return;
  }
  stored.keys.byDc.clear();
  const std::string where =
      fmt::format("the key of account {} for DC {}", printable(stored.account.alias), dc);
  stored.damage = opened.ok()
                      ? Error(Errc::StorageCorrupt, where + " has a wrong size: log the account in again")
                      : std::move(opened).error().in(where);
}

}  // namespace

Result<bool> hasSealedKeys(Executor& executor) {
  constexpr Statement kAny = "SELECT count(*) FROM account_keys";
  bool any = false;
  const auto read = [&any](const Row& row) { any = row.integer(0) > 0; };
  MTP_DO(executor.query(kAny, {}, read));
  return any;
}

Result<std::vector<StoredAccount>> listAccounts(Executor& executor, const crypto::MasterKey& master) {
  constexpr Statement kAccounts =
      "SELECT id, alias, kind, state, why, telegram_id, user_id, phone_masked, username, home_dc, "
      "added_at_us,"
      " last_used_at_us FROM accounts ORDER BY alias";
  constexpr Statement kKeys = "SELECT account_id, dc, version, sealed, salt FROM account_keys";
  std::vector<StoredAccount> accounts;
  const auto readOne = [&accounts](const Row& row) { accounts.push_back(readAccount(row)); };
  MTP_DO(executor.query(kAccounts, {}, readOne));
  std::map<std::int64_t, StoredAccount*> byId;
  for (StoredAccount& stored : accounts) {
    byId.emplace(stored.account.id.value, &stored);
  }
  const auto readKey = [&](const Row& row) {
    if (const auto it = byId.find(row.integer(0)); it != byId.end()) {
      openKey(*it->second, master, row);
    }
  };
  MTP_DO(executor.query(kKeys, {}, readKey));
  return accounts;
}

Result<model::AccountId> insertAccount(Executor& executor, const model::Account& account) {
  constexpr Statement kInsert =
      "INSERT INTO accounts (alias, kind, state, why, telegram_id, user_id, phone_masked, username, home_dc,"
      " added_at_us, last_used_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
      " ON CONFLICT (alias) DO NOTHING RETURNING id";
  model::AccountId id;
  const auto read = [&id](const Row& row) { id = model::AccountId(row.integer(0)); };
  const std::string alias = cleanUtf8(account.alias);
  MTP_DO(executor.query(kInsert,
                        {alias, model::name(account.kind), model::name(account.state), account.why,
                         account.telegramId, account.user, account.phoneMasked, account.username,
                         account.homeDc, micros(account.addedAt), micros(account.lastUsedAt)},
                        read));
  if (id.value == 0) {
    return Error(Errc::AlreadyExists,
                 fmt::format("there is an account {} already: choose another name, or log that "
                             "one in again",
                             printable(account.alias)));
  }
  return id;
}

Result<void> updateAccount(Executor& executor, const model::Account& account) {
  constexpr Statement kUpdate =
      "UPDATE accounts SET kind = $2, state = $3, why = $4, telegram_id = $5, user_id = $6, phone_masked = "
      "$7,"
      " username = $8, home_dc = $9, added_at_us = $10, last_used_at_us = $11 WHERE id = $1";
  const std::string why = cleanUtf8(account.why);
  const std::string username = cleanUtf8(account.username);
  MTP_TRY(const std::int64_t changed,
          executor.exec(kUpdate, {account.id, model::name(account.kind), model::name(account.state), why,
                                  account.telegramId, account.user, account.phoneMasked, username,
                                  account.homeDc, micros(account.addedAt), micros(account.lastUsedAt)}));
  if (changed == 0) {
    return Error(Errc::NotFound, fmt::format("there is no account {}", printable(account.alias)));
  }
  return {};
}

Result<void> deleteAccount(Executor& executor, model::AccountId id) {
  constexpr Statement kAccount = "DELETE FROM accounts WHERE id = $1";  // keys and peers cascade
  constexpr Statement kWaits = "DELETE FROM waits WHERE account_id = $1";
  MTP_TRY(const std::int64_t changed, executor.exec(kAccount, {id}));
  if (changed == 0) {
    return Error(Errc::NotFound, fmt::format("there is no account with the id {}", id.value));
  }
  MTP_DO(executor.exec(kWaits, {id}));
  return {};
}

Result<void> storeKey(Executor& executor, const Sealer& sealer, model::AccountId id, std::int32_t dc,
                      const model::DcKey& key) {
  constexpr Statement kVersion = "SELECT version FROM account_keys WHERE account_id = $1 AND dc = $2";
  constexpr Statement kStore =
      "INSERT INTO account_keys (account_id, dc, version, sealed, salt) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (account_id, dc) DO UPDATE SET version = excluded.version, sealed = excluded.sealed,"
      " salt = excluded.salt";
  MTP_CHECK(key.authKey.reveal().size() == kAuthKeyBytes);
  std::int64_t version = 0;
  const auto read = [&version](const Row& row) { version = row.integer(0); };
  MTP_DO(executor.query(kVersion, {id, dc}, read));
  ++version;
  const Bytes sealed =
      crypto::seal(sealer.master, contextOf(id, dc, version), key.authKey.reveal(), sealer.random);
  MTP_DO(executor.exec(kStore, {id, dc, version, ByteView(sealed), static_cast<std::int64_t>(key.salt)}));
  return {};
}

Result<void> replaceKeys(Executor& executor, const Sealer& sealer, model::AccountId id,
                         const model::AccountKeys& keys) {
  constexpr Statement kDelete = "DELETE FROM account_keys WHERE account_id = $1 AND dc = $2";
  constexpr Statement kPlaces = "SELECT dc FROM account_keys WHERE account_id = $1";
  std::vector<std::int32_t> old;
  const auto read = [&](const Row& row) {
    const auto dc = static_cast<std::int32_t>(row.integer(0));
    if (!keys.byDc.contains(dc)) {
      old.push_back(dc);
    }
  };
  MTP_DO(executor.query(kPlaces, {id}, read));
  for (const std::int32_t dc : old) {
    MTP_DO(executor.exec(kDelete, {id, dc}));
  }
  for (const auto& [dc, key] : keys.byDc) {
    MTP_DO(storeKey(executor, sealer, id, dc, key));
  }
  return {};
}

Result<void> updateSalt(Executor& executor, model::AccountId id, std::int32_t dc, std::uint64_t salt) {
  constexpr Statement kSalt = "UPDATE account_keys SET salt = $3 WHERE account_id = $1 AND dc = $2";
  MTP_DO(executor.exec(kSalt, {id, dc, static_cast<std::int64_t>(salt)}));
  return {};
}

}  // namespace mtpool::store
