// SPDX-License-Identifier: Apache-2.0
// The pool: leases accounts to collection sessions under the caps of the five settings, and carries their
// requests through the one policy chain that retries and waits.
//
// One thread (the hall's shard). Nothing here waits for a place: tryAcquire() refuses with the reason, and
// whoever wants in asks again when changed() fires.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "engine/async/timer.h"
#include "engine/client/call.h"
#include "engine/model/session.h"
#include "engine/pool/account_book.h"
#include "engine/pool/pool_settings.h"
#include "engine/pool/probe.h"
#include "engine/pool/user_gate.h"
#include "engine/pool/want.h"
#include "engine/store/message_store.h"

namespace mtpool::pool {

class Pool;

/// One session's hold on one account, from Acquired to Released. Given back with Pool::release().
class Lease {
 public:
  model::Session& session() { return session_; }

  const model::Session& session() const { return session_; }

  Slot& slot() { return slot_; }

  const Pool& pool() const { return pool_; }

  /// One request under rates, waits and retries. A wait longer than MTPROTO_SLEEP_THRESHOLD comes back as
  /// FloodWait: give the account back. Errors that end the account (Unauthorized, AuthKeyDuplicated) are
  /// recorded already.
  template <class Method>
  Task<Result<typename Method::Answer>> call(Method method, std::string_view name) {
    Bytes query = tl::serialize(method);
    MTP_CO_TRY(const Bytes body, co_await invoke(std::move(query), name));
    auto answer = tl::parse<typename Method::Answer>(body);
    if (!answer.ok()) {
      noteUndecodable(answer.error());
      co_return std::move(answer).error().in(name);
    }
    co_return answer;
  }

  /// Counts an answer outside the schema.
  void noteUndecodable(const Error& error);

  /// The same, the boxed answer undecoded.
  Task<Result<Bytes>> invoke(Bytes query, std::string_view method);

  /// Something moved: the idle timeout counts from here.
  void noteProgress();

  MonoTime lastProgress() const { return lastProgress_; }

  MonoTime startedAt() const { return startedAt_; }

 private:
  friend class Pool;
  std::string waitsFor() const;
  Lease(Pool& pool, Slot& slot, model::UserId user);

  Pool& pool_;
  Slot& slot_;
  model::Session session_;
  MonoTime startedAt_;
  MonoTime lastProgress_;
  std::optional<MonoTime> askedAt_;  // while a request is under way
  std::string_view asked_;           // its method
  WallTime ratedAt_{};
  std::int64_t ratedMessages_ = 0;
};

class Pool {
 public:
  Pool(client::ClientContext& context, Executor executor, AccountBook& book, store::MessageStore& store,
       Probe& probe, PoolSettings settings);

  void configure(PoolSettings settings);

  const PoolSettings& settings() const { return settings_; }

  /// A free account that may do what is wanted, with its user's place under the caps. The reason when there
  /// is none: Busy (caps, all leased), NotFound (no account at all), FloodWait (all that may must wait;
  /// retryAfter is the soonest end), RpcForbidden (all are barred from the target).
  Result<std::unique_ptr<Lease>> tryAcquire(const Want& want);

  /// What tryAcquire() would answer now, without taking anything.
  Result<void> check(const Want& want) const;

  /// Why this account, were it free, could not do it now: its rest, a wait told by Telegram or a bar of the
  /// target.
  std::optional<Error> obstacle(const Slot& slot, const Want& want) const;
  /// Which setting or kind keeps this account from collecting, whatever there is to do; nullopt when none.
  std::optional<std::string> keptOut(const Slot& slot) const;
  /// Whether an account is left that is not barred from the target for good.
  bool anyLeft(const Want& want) const;

  /// Names the run in the store, logs "Acquired …", connects within MTPROTO_CONNECTION_TIMEOUT.
  Task<Result<void>> begin(Lease& lease);
  /// Closes the connection, stores the run, logs "Released …".
  Task<void> release(std::unique_ptr<Lease> lease, model::RunOutcome outcome);

  /// Sessions now, by id; why one without a connection has none stands in its `why`.
  std::vector<model::Session> sessions() const;

  std::int64_t activeUsers() const { return gate_.activeUsers(); }

  std::int64_t activeSessions() const { return gate_.sessions(); }

  /// Fires when a place or an account may have become free, or settings changed.
  async::Event& changed() { return changed_; }

  std::uint64_t version() const { return version_; }

  void touch() { ++version_; }

  AccountBook& book() { return book_; }

  /// Once a second: how fast each session moves.
  void updateRates(WallTime now);
  /// Sets the account gauges.
  void publish();

 private:
  friend class Lease;
  Task<Result<void>> passLimits(Lease& lease, std::string_view method);
  void noteRefusedKey(Slot& slot, const Error& error);
  Task<Result<void>> noteFailure(Lease& lease, const Error& error, std::string_view method);
  Result<Slot*> pickFor(const Want& want) const;
  Result<std::vector<Slot*>> candidatesFor(model::UserId user) const;
  Result<void> checkAlone(const Slot& slot) const;

  client::ClientContext& context_;
  Executor executor_;
  AccountBook& book_;
  store::MessageStore& store_;
  Probe& probe_;
  PoolSettings settings_;
  UserGate gate_;
  limits::Gcra globalRate_{1.0, 1.0};
  std::list<Lease*> leases_;
  async::Event changed_;
  std::uint64_t version_ = 1;
};

}  // namespace mtpool::pool
