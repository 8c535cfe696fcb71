// SPDX-License-Identifier: Apache-2.0
// Logins under way: each waits for a code or a password for a few minutes, then is dropped. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/admin/operations.h"
#include "engine/async/scope.h"
#include "engine/client/login.h"
#include "engine/pool/account_book.h"

namespace mtpool::admin {

class Logins {
 public:
  Logins(client::ClientContext& context, Executor executor, pool::AccountBook& book);

  Task<Result<LoginState>> start(LoginRequest request);
  Task<Result<LoginState>> submitCode(std::string loginId, SecretString code);
  Task<Result<LoginState>> submitPassword(std::string loginId, SecretString password);
  Task<Result<void>> cancel(std::string loginId);
  /// Drops every login.
  Task<void> stop();

 private:
  struct Attempt;
  using AttemptPtr = std::shared_ptr<Attempt>;

  Result<void> check(const LoginRequest& request) const;
  Result<AttemptPtr> find(const std::string& loginId);
  Task<Result<LoginState>> advance(AttemptPtr attempt, Result<client::LoginProgress> progress);
  Task<Result<LoginState>> finish(AttemptPtr attempt);
  Result<pool::Slot*> findAgain(const model::Account& account);
  Task<Result<pool::Slot*>> keep(bool again, model::Account account, model::AccountKeys keys);
  Task<void> expire(AttemptPtr attempt);
  Task<void> drop(AttemptPtr attempt);

  client::ClientContext& context_;
  Executor executor_;
  pool::AccountBook& book_;
  std::map<std::string, AttemptPtr> attempts_;
  async::TaskScope scope_;
};

}  // namespace mtpool::admin
