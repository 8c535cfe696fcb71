// SPDX-License-Identifier: Apache-2.0
// Logging an account in, step by step: phone and code, the second factor, or a bot token. One object, one
// attempt.
//
// Follows the account to its home data centre (PHONE_, NETWORK_, USER_MIGRATE), at most three moves; the
// former connection is closed before the next opens. Codes and passwords pass through and are kept nowhere.
// A step whose answer got lost is not sent again: Telegram is asked whose the authorisation is by now.
// One thread. (core.telegram.org/api/auth, api/srp.)
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/secret.h"
#include "engine/client/client.h"

namespace mtpool::client {

enum class LoginNeeds { Code, Password, Nothing };

struct LoginProgress {
  LoginNeeds needs = LoginNeeds::Nothing;
  std::string hint;  // where the code went; the password hint. From Telegram: show as plain text
};

/// What a finished login is worth.
struct LoggedIn {
  std::int64_t telegramId = 0;
  bool bot = false;
  std::string username;
  std::int32_t homeDc = 0;
  model::AccountKeys keys;
};

class Login {
 public:
  /// Begins at `dc`, any known data centre.
  Login(ClientContext& context, Executor executor, std::int32_t dc);
  Login(const Login&) = delete;
  Login& operator=(const Login&) = delete;
  /// stop() must have been awaited.
  ~Login();

  Task<Result<LoginProgress>> startPhone(std::string phone, MonoTime deadline);
  Task<Result<LoginProgress>> startBot(SecretString token, MonoTime deadline);
  /// Errc::CodeInvalid: may be called again with another code.
  Task<Result<LoginProgress>> submitCode(SecretString code, MonoTime deadline);
  /// Errc::PasswordInvalid: may be called again.
  Task<Result<LoginProgress>> submitPassword(SecretString password, MonoTime deadline);

  /// After Nothing: closes the connection and hands the authorisation over.
  Task<LoggedIn> finish();
  /// Gives up: cancels the code at Telegram where one is open, closes the connection.
  Task<void> stop();

 private:
  template <class Method>
  Task<Result<typename Method::Answer>> callHome(Method method, CallOptions options);
  Task<Result<void>> connect(std::int32_t dc, MonoTime deadline);
  Task<Result<LoginProgress>> askPassword(MonoTime deadline);
  /// Where the login stands after `lost`; `lost` itself where that leads nowhere.
  Task<Result<LoginProgress>> askOutcome(Error lost);

  ClientContext& context_;
  Executor executor_;
  std::int32_t dc_;
  std::unique_ptr<Client> client_;
  std::string phone_;
  std::string phoneCodeHash_;
  LoggedIn done_;
  bool stopped_ = false;
};

/// Tells Telegram to forget the authorisation of this client (auth.logOut). Done, too, when there is none.
Task<Result<void>> logOut(Client& client, MonoTime deadline);

}  // namespace mtpool::client
