// SPDX-License-Identifier: Apache-2.0
// A login is a conversation: start, code, perhaps a password. When it cannot go on it is ended in order, so
// the engine is not left waiting for an answer nobody will give.
#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cli/commands/account_table.h"
#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

namespace {

// The engine gives Telegram 60 s for a login step; the rest is for the engine itself.
constexpr std::chrono::seconds kStepPatience{120};
constexpr std::string_view kSlow =
    "waiting for Telegram's answer, at most 60 s; the engine's log says what it tries";
constexpr int kTries = 3;

class Login {
 public:
  Login(const Invocation& invocation, const LoginOptions& options, ControlClient& engine)
      : invocation_(invocation), options_(options), engine_(engine) {}

  Result<v1::Account> run() {
    v1::Envelope start;
    v1::StartLogin& login = *start.mutable_start_login();
    login.set_alias(options_.alias);
    login.set_phone(options_.phone);
    login.set_user_id(options_.user);
    login.set_again(options_.again);
    if (!options_.botTokenFile.empty()) {
      MTP_TRY(const auto token, readSecretFile(options_.botTokenFile, "bot token"));
      login.set_bot_token(std::string(trim(token.reveal())));
    }
    MTP_TRY(reply_, step(std::move(start)));
    while (reply_.step() != v1::LoginReply::STEP_DONE) {
      if (auto answered = answer(); !answered.ok()) {
        cancel();
        return std::move(answered).error();
      }
    }
    return reply_.account();
  }

 private:
  Result<v1::LoginReply> step(v1::Envelope request) {
    MTP_TRY(auto envelope, engine_.askPatiently(std::move(request), kStepPatience, kSlow));
    return std::move(*envelope.mutable_login_reply());
  }

  // One step, asked again when the person mistyped; a file or an option is not asked twice.
  Result<void> answer() {
    const bool isCode = reply_.step() == v1::LoginReply::STEP_CODE;
    for (int attempt = 1;; ++attempt) {
      MTP_TRY(const auto secret, isCode ? code() : password());
      v1::Envelope request;
      if (isCode) {
        request.mutable_submit_code()->set_login_id(reply_.login_id());
        request.mutable_submit_code()->set_code(secret.reveal());
      } else {
        request.mutable_submit_password()->set_login_id(reply_.login_id());
        request.mutable_submit_password()->set_password(secret.reveal());
      }
      auto next = step(std::move(request));
      if (next.ok()) {
        reply_ = std::move(*next);
        return {};
      }
      const auto errc = next.error().code();
      const bool mistyped = errc == Errc::CodeInvalid || errc == Errc::PasswordInvalid;
      if (!mistyped || !asksPerson(isCode) || attempt == kTries) {
        return std::move(next).error();
      }
      say(next.error().text());
    }
  }

  bool asksPerson(bool isCode) const {
    return isCode ? options_.code.empty() && options_.codeFile.empty() : options_.passwordFile.empty();
  }

  Result<SecretString> code() const {
    if (!options_.code.empty()) {
      return SecretString(options_.code);
    }
    if (!options_.codeFile.empty()) {
      MTP_TRY(const auto line, readSecretFile(options_.codeFile, "login code"));
      return SecretString(std::string(trim(line.reveal())));
    }
    return prompt(reply_.hint().empty() ? "Login code: " : fmt::format("Login code ({}): ", reply_.hint()),
                  Echo::On);
  }

  Result<SecretString> password() const {
    if (!options_.passwordFile.empty()) {
      return readSecretFile(options_.passwordFile, "password");
    }
    if (!invocation_.terminal.input) {
      return Error(
          Errc::PasswordNeeded,
          "this account has a two-step verification password and there is no terminal to ask for it; give "
          "it with --password-file FILE");
    }
    return prompt(reply_.hint().empty()
                      ? "Two-step verification password: "
                      : fmt::format("Two-step verification password (hint: {}): ", reply_.hint()),
                  Echo::Off);
  }

  void cancel() {
    v1::Envelope request;
    request.mutable_cancel_login()->set_login_id(reply_.login_id());
    // Why the login failed is what the person needs to hear, not whether this arrived.
    const auto ended = engine_.ask(std::move(request));
    (void)ended;
  }

  const Invocation& invocation_;
  const LoginOptions& options_;
  ControlClient& engine_;
  v1::LoginReply reply_;
};

// Before a person types a number, or Telegram sends a code, for nobody.
Result<void> checkExists(ControlClient& engine, const std::string& alias) {
  v1::Envelope request;
  request.mutable_get_account()->set_alias(alias);
  MTP_TRY(const auto known, engine.ask(std::move(request)));
  (void)known;
  return {};
}

// An account that exists knows its number only masked.
Result<LoginOptions> withPhone(const Invocation& invocation, LoginOptions options) {
  if (!options.phone.empty() || !options.botTokenFile.empty()) {
    return options;
  }
  if (!invocation.terminal.input) {
    return Error(Errc::PasswordNeeded,
                 "there is no terminal to ask for the phone number; give --phone for a user account or "
                 "--bot-token-file for a bot");
  }
  MTP_TRY(const auto phone, prompt("Phone number: ", Echo::On));
  options.phone = std::string(trim(phone.reveal()));
  return options;
}

}  // namespace

Outcome logIn(const Invocation& invocation, const LoginOptions& given) {
  if (given.again) {
    MTP_TRY(auto engine, invocation.engine());
    MTP_DO(checkExists(engine, given.alias));
  }
  MTP_TRY(const auto options, withPhone(invocation, given));
  const bool needsCode = !options.phone.empty() && options.code.empty() && options.codeFile.empty();
  // Before Telegram sends a code that nobody can type.
  if (needsCode && !invocation.terminal.input) {
    return Error(
        Errc::PasswordNeeded,
        "a login code will be needed and there is no terminal to ask for it; give it with --code-file FILE "
        "or --code N");
  }
  MTP_TRY(auto engine, invocation.engine());
  MTP_TRY(const auto account, Login(invocation, options, engine).run());
  say(fmt::format("Account {} is logged in.", account.alias()));
  Table table = accountTable();
  addAccountRow(account, table);
  invocation.show(account, table);
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
