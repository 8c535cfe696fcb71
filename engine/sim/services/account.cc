// SPDX-License-Identifier: Apache-2.0
// account.*: the second factor's parameters, presence, the list of authorisations.
#include "tl/api/account.h"

#include "engine/sim/services/router.h"
#include "tl/api/login_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

api::PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algorithm(
    const crypto::SrpParameters& parameters) {
  api::PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algo;
  algo.salt1 = parameters.salt1;
  algo.salt2 = parameters.salt2;
  algo.g = parameters.g;
  algo.p = parameters.p;
  return algo;
}

Answer getPassword(Request& request, const api::account::GetPassword&) {
  LoginDesk& desk = request.scene.desk;
  const Account* owing = request.scene.accounts.find(request.owner.login.passwordOwed);
  const Account* account = owing != nullptr ? owing : request.account();
  if (account == nullptr) {
    return refuse(401, "AUTH_KEY_UNREGISTERED");
  }
  api::account::Password password;
  password.hasPassword = account->hasPassword;
  if (account->hasPassword) {
    LoginDesk::Challenge challenge = desk.challenge();
    password.currentAlgo = algorithm(desk.passwordParameters());
    password.srpB = std::move(challenge.b);
    password.srpId = challenge.id;
    password.hint = "what one does before a premiere";
  }
  password.newAlgo = algorithm(desk.passwordParameters());
  api::SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000 secure;
  secure.salt = request.scene.random.bytes(8);
  password.newSecureAlgo = std::move(secure);
  password.secureRandom = request.scene.random.bytes(256);
  return answerWith(password);
}

Answer updateStatus(Request&, const api::account::UpdateStatus&) {
  return answerWith(true);
}

Answer getAuthorizations(Request& request, const api::account::GetAuthorizations&) {
  api::Authorization current;
  current.current = true;
  current.deviceModel = request.key.client.device;
  current.appName = request.key.client.app;
  current.platform = "Linux";
  current.ip = "127.0.0.1";
  current.country = "ZZ";
  current.dateCreated = static_cast<std::int32_t>(request.scene.now());
  current.dateActive = current.dateCreated;
  api::account::Authorizations all;
  all.authorizationTtlDays = 183;
  all.authorizations.push_back(std::move(current));
  return answerWith(all);
}

}  // namespace

void addAccount(Router& router) {
  router.on<api::account::GetPassword>(Access::NoLogin, getPassword);
  router.on<api::account::UpdateStatus>(Access::Login, updateStatus);
  router.on<api::account::GetAuthorizations>(Access::UserOnly, getAuthorizations);
}

}  // namespace mtpool::sim
