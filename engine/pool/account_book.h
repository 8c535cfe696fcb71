// SPDX-License-Identifier: Apache-2.0
// Every account the engine knows, in memory and in the state store alike. What gives an account more to do
// (add, renew, remove) is written first. What holds it back (a wait, a state) counts at once and also when
// the store refuses it: the error then says only that a restart would forget it. One thread (the hall's
// shard).
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/client/client.h"
#include "engine/limits/gcra.h"
#include "engine/limits/wait_ledger.h"
#include "engine/model/account.h"
#include "engine/store/state_store.h"

namespace mtpool::pool {

/// What the engine imposes on itself after Telegram has refused an account's key: nobody told us to wait, so
/// it lives as long as the process.
struct Rest {
  MonoTime until{};
  std::chrono::seconds length{0};
  std::string why;
};

/// What Telegram told, from now on.
struct ToldWait {
  model::AccountId account;
  std::string scope;  // as in model::Wait
  std::chrono::milliseconds length{0};
  std::string reason;
};

/// An account with what exists only while the engine runs. Its address is stable until the account is
/// removed.
struct Slot {
  explicit Slot(model::Account a) : account(std::move(a)) {}

  model::Account account;
  model::AccountKeys keys;
  limits::Gcra rate{1.0, 1.0};
  std::unique_ptr<client::Client> client;  // while leased
  bool leased = false;                     // a session has it, or it is reserved
  std::optional<Rest> rest;                // over or not; gone with the next connection or login
};

class AccountBook {
 public:
  AccountBook(store::StateStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// Accounts and waits from the store; once, before anything calls Telegram. A damaged account is
  /// quarantined with the reason, the others work. A wait that lasts longer than Telegram tells any was
  /// written under a wrong clock and is cut to that.
  Task<Result<void>> load();

  /// Errc::InvalidArgument for an unusable alias, AlreadyExists for a taken one.
  Result<void> checkNewAlias(const std::string& alias) const;
  Task<Result<Slot*>> add(model::Account account, model::AccountKeys keys);
  /// New keys after another login.
  Task<Result<void>> renew(Slot& slot, model::Account account, model::AccountKeys keys);
  /// Keeps sessions from taking the account until unreserve() or remove(): whoever works on a slot over an
  /// await holds it so. NotFound; Busy while it collects or somebody else has reserved it.
  Result<Slot*> reserve(const std::string& alias);
  void unreserve(Slot& slot);
  /// A reserved one; unreserved again when the store refuses. On success `slot` is gone.
  Task<Result<void>> remove(Slot& slot);
  /// Changes the state and why of an account; logs it.
  Task<Result<void>> setState(Slot& slot, model::AccountState state, std::string why);
  /// Last use and the newest salt.
  Task<Result<void>> noteUse(Slot& slot);

  /// Obeyed from now on, for `length` of monotonic time; durable when it returns without error.
  Task<Result<void>> recordWait(ToldWait told);

  Slot* find(const std::string& alias);
  std::vector<Slot*> all();

  const limits::WaitLedger& waits() const { return waits_; }

  std::uint64_t version() const { return version_; }

  void touch() { ++version_; }

 private:
  store::StateStore& store_;
  const Clock& clock_;
  std::map<std::string, std::unique_ptr<Slot>> byAlias_;
  limits::WaitLedger waits_;
  std::uint64_t version_ = 1;
};

}  // namespace mtpool::pool
