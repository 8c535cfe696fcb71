// SPDX-License-Identifier: Apache-2.0
// auth.*: logging in by code, second factor or bot token, moving an authorisation between data centres,
// binding temporary keys. (core.telegram.org/api/auth, …/api/pfs)
#include <fmt/format.h>

#include <algorithm>

#include "engine/mtproto/bind_key.h"
#include "engine/sim/services/router.h"
#include "engine/sim/services/self.h"
#include "tl/api/login.h"
#include "tl/api/login_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr std::int32_t kCodeTimeout = 120;

Answer authorised(Request& request, const Account& account) {
  request.owner.login.account = account.id;
  request.owner.login.passwordOwed = 0;
  api::auth::Authorization authorisation;
  authorisation.user = selfUser(request.scene.world, account);
  return answerWith(authorisation);
}

std::optional<Refusal> wrongApplication(std::int32_t apiId, const std::string& apiHash) {
  if (apiId <= 0 || apiHash.empty()) {
    return Refusal{400, "API_ID_INVALID"};
  }
  return std::nullopt;
}

/// The digits of a phone that is at home here; a refusal otherwise.
std::variant<std::string, Refusal> phoneAtHome(Request& request, const std::string& phone) {
  const auto digits = Accounts::digitsOf(phone);
  if (!digits) {
    return Refusal{400, "PHONE_NUMBER_INVALID"};
  }
  const int home = request.scene.accounts.homeDc(*digits);
  if (home != request.dc) {
    return Refusal{303, fmt::format("PHONE_MIGRATE_{}", home)};
  }
  return *digits;
}

Answer sentCode(Request& request, const std::string& digits) {
  api::auth::SentCode sent;
  api::auth::SentCodeTypeApp type;
  type.length = 5;
  sent.type = type;
  sent.phoneCodeHash = request.scene.desk.sendCode(digits);
  sent.timeout = kCodeTimeout;
  return answerWith(sent);
}

Answer sendCode(Request& request, const api::auth::SendCode& call) {
  if (auto refusal = wrongApplication(call.apiId, call.apiHash)) {
    return std::move(*refusal);
  }
  auto phone = phoneAtHome(request, call.phoneNumber);
  if (auto* refusal = std::get_if<Refusal>(&phone)) {
    return std::move(*refusal);
  }
  return sentCode(request, std::get<std::string>(phone));
}

Answer resendCode(Request& request, const api::auth::ResendCode& call) {
  const auto digits = Accounts::digitsOf(call.phoneNumber);
  if (!digits || !request.scene.desk.cancelCode(*digits, call.phoneCodeHash)) {
    return refuse(400, "PHONE_CODE_EXPIRED");
  }
  return sentCode(request, *digits);
}

Answer cancelCode(Request& request, const api::auth::CancelCode& call) {
  const auto digits = Accounts::digitsOf(call.phoneNumber);
  if (!digits || !request.scene.desk.cancelCode(*digits, call.phoneCodeHash)) {
    return refuse(400, "PHONE_CODE_EXPIRED");
  }
  return answerWith(true);
}

Answer signIn(Request& request, const api::auth::SignIn& call) {
  auto phone = phoneAtHome(request, call.phoneNumber);
  if (auto* refusal = std::get_if<Refusal>(&phone)) {
    return std::move(*refusal);
  }
  if (!call.phoneCode || call.phoneCode->empty()) {
    return refuse(400, "PHONE_CODE_EMPTY");
  }
  const std::string& digits = std::get<std::string>(phone);
  switch (request.scene.desk.checkCode(digits, call.phoneCodeHash, *call.phoneCode)) {
    case LoginDesk::CodeVerdict::Expired:
      return refuse(400, "PHONE_CODE_EXPIRED");
    case LoginDesk::CodeVerdict::Wrong:
      return refuse(400, "PHONE_CODE_INVALID");
    case LoginDesk::CodeVerdict::Good:
      break;
  }
  const Account* account = request.scene.accounts.ofPhone(digits);
  if (account->hasPassword) {
    request.owner.login.passwordOwed = account->id;
    return refuse(401, "SESSION_PASSWORD_NEEDED");
  }
  return authorised(request, *account);
}

Answer checkPassword(Request& request, const api::auth::CheckPassword& call) {
  const Account* account = request.scene.accounts.find(request.owner.login.passwordOwed);
  if (account == nullptr) {
    return refuse(400, "PASSWORD_HASH_INVALID");
  }
  const auto* proof = call.password.as<api::InputCheckPasswordSRP>();
  if (proof == nullptr || proof->m1.size() != 32) {
    return refuse(400, "PASSWORD_HASH_INVALID");
  }
  crypto::SrpProof given;
  given.a = proof->a;
  std::copy(proof->m1.begin(), proof->m1.end(), given.m1.begin());
  switch (request.scene.desk.checkPassword(proof->srpId, given)) {
    case LoginDesk::PasswordVerdict::Stale:
      return refuse(400, "SRP_ID_INVALID");
    case LoginDesk::PasswordVerdict::Wrong:
      return refuse(400, "PASSWORD_HASH_INVALID");
    case LoginDesk::PasswordVerdict::Good:
      break;
  }
  return authorised(request, *account);
}

Answer importBotAuthorization(Request& request, const api::auth::ImportBotAuthorization& call) {
  if (auto refusal = wrongApplication(call.apiId, call.apiHash)) {
    return std::move(*refusal);
  }
  const Account* account = request.scene.accounts.ofBotToken(call.botAuthToken);
  if (account == nullptr) {
    return refuse(400, "ACCESS_TOKEN_INVALID");
  }
  if (account->homeDc != request.dc) {
    return refuse(303, fmt::format("USER_MIGRATE_{}", account->homeDc));
  }
  return authorised(request, *account);
}

Answer logOut(Request& request, const api::auth::LogOut&) {
  request.owner.login = {};
  return answerWith(api::auth::LoggedOut{});
}

Answer exportAuthorization(Request& request, const api::auth::ExportAuthorization& call) {
  const auto& addresses = request.scene.addresses;
  const bool known = std::any_of(addresses.begin(), addresses.end(),
                                 [&call](const DcAddress& address) { return address.id == call.dcId; });
  if (!known || call.dcId == request.dc) {
    return refuse(400, "DC_ID_INVALID");
  }
  LoginDesk::Export made = request.scene.desk.exportAuthorisation(request.viewer(), call.dcId);
  api::auth::ExportedAuthorization exported;
  exported.id = made.id;
  exported.bytes = std::move(made.bytes);
  return answerWith(exported);
}

Answer importAuthorization(Request& request, const api::auth::ImportAuthorization& call) {
  const auto id = request.scene.desk.importAuthorisation(call.id, call.bytes, request.dc);
  const Account* account = id ? request.scene.accounts.find(*id) : nullptr;
  if (account == nullptr) {
    return refuse(400, "AUTH_BYTES_INVALID");
  }
  return authorised(request, *account);
}

Answer bindTempAuthKey(Request& request, const api::auth::BindTempAuthKey& call) {
  if (!request.key.temporary()) {
    return refuse(400, "TEMP_AUTH_KEY_EMPTY");
  }
  const auto permanentId = static_cast<std::uint64_t>(call.permAuthKeyId);
  const auto permanent = request.keys.find(permanentId, request.scene.now());
  if (permanent == nullptr || permanent->temporary()) {
    return refuse(400, "ENCRYPTED_MESSAGE_INVALID");
  }
  const auto binding = mtproto::openKeyBinding(*permanent->key, call.encryptedMessage, request.msgId);
  const bool fits = binding && binding->nonce == call.nonce && binding->permanentKeyId == permanentId &&
                    binding->temporaryKeyId == request.key.key->id() &&
                    binding->sessionId == request.sessionId && binding->expiresAt == call.expiresAt;
  if (!fits) {
    request.violation("key_binding",
                      binding ? "the sealed fields are not those of the request" : binding.error().text());
    return refuse(400, "ENCRYPTED_MESSAGE_INVALID");
  }
  if (request.key.boundTo != 0 && request.key.boundTo != permanentId) {
    return refuse(400, "TEMP_AUTH_KEY_ALREADY_BOUND");
  }
  request.key.boundTo = permanentId;
  request.key.layer = 0;  // the client introduces itself again
  request.key.client.keyId = permanentId;
  return answerWith(true);
}

Answer dropTempAuthKeys(Request&, const api::auth::DropTempAuthKeys&) {
  return answerWith(true);
}

}  // namespace

void addAuth(Router& router) {
  router.on<api::auth::SendCode>(Access::NoLogin, sendCode);
  router.on<api::auth::ResendCode>(Access::NoLogin, resendCode);
  router.on<api::auth::CancelCode>(Access::NoLogin, cancelCode);
  router.on<api::auth::SignIn>(Access::NoLogin, signIn);
  router.on<api::auth::CheckPassword>(Access::NoLogin, checkPassword);
  router.on<api::auth::ImportBotAuthorization>(Access::NoLogin, importBotAuthorization);
  router.on<api::auth::LogOut>(Access::Login, logOut);
  router.on<api::auth::ExportAuthorization>(Access::Login, exportAuthorization);
  router.on<api::auth::ImportAuthorization>(Access::NoLogin, importAuthorization);
  router.on<api::auth::BindTempAuthKey>(Access::Anytime, bindTempAuthKey);
  router.on<api::auth::DropTempAuthKeys>(Access::NoLogin, dropTempAuthKeys);
}

}  // namespace mtpool::sim
