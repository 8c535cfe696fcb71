// SPDX-License-Identifier: Apache-2.0
#include "engine/client/login.h"

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/client/call.h"
#include "engine/crypto/srp.h"
#include "tl/api/login.h"
#include "tl/api/login_methods.h"
#include "tl/api/user.h"
#include "tl/api/user_methods.h"

namespace mtpool::client {

namespace api = tl::api;

namespace {

constexpr int kMaxMoves = 3;
// To find out about a step, besides the time the step itself had.
constexpr std::chrono::seconds kOutcomeTime{15};

using KdfAlgo = api::PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

std::string codeHint(const api::auth::SentCode& sent) {
  if (sent.type.as<api::auth::SentCodeTypeApp>() != nullptr) {
    return "code sent to the Telegram app of this number";
  }
  if (sent.type.as<api::auth::SentCodeTypeSms>() != nullptr) {
    return "code sent by SMS";
  }
  if (sent.type.as<api::auth::SentCodeTypeCall>() != nullptr) {
    return "code comes by a phone call";
  }
  return "code sent";
}

Result<void> takeUser(const api::TypeUser& told, LoggedIn& into) {
  const auto* user = told.as<api::User>();
  if (user == nullptr) {
    return Error(Errc::Malformed, "Telegram did not say who logged in");
  }
  into.telegramId = user->id;
  into.bot = user->bot;
  into.username = cleanUtf8(user->username.value_or(""));
  return {};
}

Result<void> takeGrant(const api::auth::TypeAuthorization& authorization, LoggedIn& into) {
  const auto* granted = authorization.as<api::auth::Authorization>();
  if (granted == nullptr) {
    return Error(Errc::NotFound, "this number has no Telegram account yet; sign up in an official app first");
  }
  return takeUser(granted->user, into);
}

// Unauthorized when the authorisation of this client is nobody's.
Task<Result<std::vector<api::TypeUser>>> askSelf(Client& client, MonoTime deadline) {
  api::users::GetUsers method;
  method.id.emplace_back(api::InputUserSelf());
  const CallOptions options("users.getUsers", deadline);
  co_return co_await call(client, method, options);
}

}  // namespace

Login::Login(ClientContext& context, Executor executor, std::int32_t dc)
    : context_(context), executor_(std::move(executor)), dc_(dc) {}

Login::~Login() = default;

Task<Result<void>> Login::connect(std::int32_t dc, MonoTime deadline) {
  if (client_) {
    co_await client_->stop();
  }
  if (stopped_) {
    co_return Error(Errc::Cancelled, "the login was given up");
  }
  dc_ = dc;
  client_ = std::make_unique<Client>(context_, executor_, dc, std::nullopt);
  co_return co_await client_->open(deadline);
}

// Repeats the call at the data centre Telegram names; before a login any other answer is the caller's.
template <class Method>
Task<Result<typename Method::Answer>> Login::callHome(Method method, CallOptions options) {
  if (!client_) {
    MTP_CO_DO(co_await connect(dc_, options.deadline));
  }
  for (int moves = 0;; ++moves) {
    auto answer = co_await call(*client_, method, options);
    if (answer.ok() || answer.error().code() != Errc::Migrate || moves == kMaxMoves) {
      co_return answer;
    }
    const auto target = static_cast<std::int32_t>(answer.error().argument());
    MTP_CO_DO(co_await connect(target, options.deadline));
  }
}

Task<Result<LoginProgress>> Login::startPhone(std::string phone, MonoTime deadline) {
  phone_ = std::move(phone);
  api::auth::SendCode send;
  send.phoneNumber = phone_;
  send.apiId = context_.application.apiId;
  send.apiHash = context_.application.apiHash.reveal();
  CallOptions options("auth.sendCode", deadline);
  options.idempotency = mtproto::Idempotency::Never;
  MTP_CO_TRY(const api::auth::TypeSentCode answer, co_await callHome(send, options));
  LoginProgress progress;
  if (const auto* sent = answer.as<api::auth::SentCode>()) {
    phoneCodeHash_ = sent->phoneCodeHash;
    progress.needs = LoginNeeds::Code;
    progress.hint = codeHint(*sent);
    co_return progress;
  }
  if (const auto* success = answer.as<api::auth::SentCodeSuccess>()) {
    MTP_CO_DO(takeGrant(success->authorization, done_));
    co_return progress;
  }
  co_return Error(Errc::Unsupported,
                  "Telegram asks money for this login code; log in with an official app instead");
}

Task<Result<LoginProgress>> Login::startBot(SecretString token, MonoTime deadline) {
  api::auth::ImportBotAuthorization import;
  import.apiId = context_.application.apiId;
  import.apiHash = context_.application.apiHash.reveal();
  import.botAuthToken = token.reveal();
  CallOptions options("auth.importBotAuthorization", deadline);
  options.idempotency = mtproto::Idempotency::Keyed;
  auto answer = co_await callHome(import, options);
  wipe(import.botAuthToken.data(), import.botAuthToken.size());
  if (!answer.ok()) {
    co_return std::move(answer).error();
  }
  MTP_CO_DO(takeGrant(*answer, done_));
  co_return LoginProgress();
}

Task<Result<LoginProgress>> Login::submitCode(SecretString code, MonoTime deadline) {
  api::auth::SignIn sign;
  sign.phoneNumber = phone_;
  sign.phoneCodeHash = phoneCodeHash_;
  sign.phoneCode = code.reveal();
  CallOptions options("auth.signIn", deadline);
  options.idempotency = mtproto::Idempotency::Never;
  auto answer = co_await callHome(sign, options);
  if (!answer.ok() && answer.error().code() == Errc::PasswordNeeded) {
    co_return co_await askPassword(deadline);
  }
  if (!answer.ok() && answer.error().code() == Errc::OutcomeUnknown) {
    co_return co_await askOutcome(std::move(answer).error());
  }
  if (!answer.ok()) {
    co_return std::move(answer).error();
  }
  MTP_CO_DO(takeGrant(*answer, done_));
  phoneCodeHash_.clear();
  co_return LoginProgress();
}

// An authorisation that nobody knows of would stay open at Telegram for ever.
Task<Result<LoginProgress>> Login::askOutcome(Error lost) {
  const MonoTime deadline = context_.clock.mono() + kOutcomeTime;
  const auto self = co_await askSelf(*client_, deadline);
  if (!self.ok() && self.error().code() == Errc::PasswordNeeded) {
    co_return co_await askPassword(deadline);
  }
  if (!self.ok() || self->empty()) {
    co_return lost;
  }
  MTP_CO_DO(takeUser(self->front(), done_));
  phoneCodeHash_.clear();
  co_return LoginProgress();
}

Task<Result<LoginProgress>> Login::askPassword(MonoTime deadline) {
  phoneCodeHash_.clear();
  const CallOptions options("account.getPassword", deadline);
  const api::account::GetPassword method;
  MTP_CO_TRY(const api::account::Password password, co_await callHome(method, options));
  LoginProgress progress;
  progress.needs = LoginNeeds::Password;
  progress.hint = printable(password.hint.value_or(""), 128);
  co_return progress;
}

Task<Result<LoginProgress>> Login::submitPassword(SecretString password, MonoTime deadline) {
  // Fetched anew each time: srp_B is good for one attempt.
  const CallOptions ask("account.getPassword", deadline);
  const api::account::GetPassword getPassword;
  MTP_CO_TRY(const api::account::Password state, co_await callHome(getPassword, ask));
  const KdfAlgo* algo = state.currentAlgo ? state.currentAlgo->as<KdfAlgo>() : nullptr;
  if (algo == nullptr || !state.srpB || !state.srpId) {
    co_return Error(Errc::Unsupported,
                    "Telegram uses a password scheme this version does not know; update mtpool");
  }
  crypto::SrpParameters parameters;
  parameters.salt1 = algo->salt1;
  parameters.salt2 = algo->salt2;
  parameters.g = algo->g;
  parameters.p = algo->p;
  Random& random = context_.random;
  auto work = [&parameters, &state, &password, &random] {
    return crypto::srpProve(parameters, *state.srpB, password, random);
  };
  MTP_CO_TRY(const crypto::SrpProof proof, co_await context_.crypto.call(work));
  api::InputCheckPasswordSRP check;
  check.srpId = *state.srpId;
  check.a = proof.a;
  check.m1 = toBytes(proof.m1);
  api::auth::CheckPassword method;
  method.password = check;
  CallOptions options("auth.checkPassword", deadline);
  options.idempotency = mtproto::Idempotency::Never;
  auto answer = co_await callHome(method, options);
  if (!answer.ok() && answer.error().code() == Errc::OutcomeUnknown) {
    co_return co_await askOutcome(std::move(answer).error());
  }
  if (!answer.ok()) {
    co_return std::move(answer).error();
  }
  MTP_CO_DO(takeGrant(*answer, done_));
  co_return LoginProgress();
}

Task<LoggedIn> Login::finish() {
  done_.homeDc = dc_;
  if (client_) {
    co_await client_->stop();
    if (auto key = client_->key()) {
      done_.keys.byDc[dc_] = std::move(*key);
    }
  }
  co_return std::move(done_);
}

Task<void> Login::stop() {
  // A step under way may be moving to another data centre: it must not open a connection nobody will close.
  stopped_ = true;
  if (!client_) {
    co_return;
  }
  if (!phoneCodeHash_.empty() && client_->ready()) {
    api::auth::CancelCode cancel;
    cancel.phoneNumber = phone_;
    cancel.phoneCodeHash = phoneCodeHash_;
    const CallOptions options("auth.cancelCode", context_.clock.mono() + std::chrono::seconds(3));
    // A courtesy: the code runs out by itself.
    auto ignored = co_await call(*client_, cancel, options);
    phoneCodeHash_.clear();
  }
  co_await client_->stop();
}

Task<Result<void>> logOut(Client& client, MonoTime deadline) {
  CallOptions options("auth.logOut", deadline);
  options.idempotency = mtproto::Idempotency::Never;
  const api::auth::LogOut method;
  const auto answer = co_await call(client, method, options);
  if (answer.ok() || answer.error().code() == Errc::Unauthorized) {
    co_return Result<void>();
  }
  if (answer.error().code() == Errc::OutcomeUnknown) {
    const auto self = co_await askSelf(client, deadline);
    if (!self.ok() && self.error().code() == Errc::Unauthorized) {
      co_return Result<void>();
    }
  }
  co_return answer.error();
}

}  // namespace mtpool::client
