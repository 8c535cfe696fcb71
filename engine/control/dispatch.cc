// SPDX-License-Identifier: Apache-2.0
#include "engine/control/dispatch.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/control/access.h"
#include "engine/control/codec/accounts.h"
#include "engine/control/codec/failure.h"
#include "engine/control/codec/sessions.h"
#include "engine/control/codec/settings.h"
#include "engine/control/codec/status.h"
#include "engine/control/codec/targets.h"
#include "engine/control/codec/text.h"

namespace mtpool::control {

namespace {

using admin::Operations;
using admin::Role;
using Body = v1::Envelope;

Answer done() {
  Answer answer(1);
  answer.front().mutable_done();
  return answer;
}

Answer login(const admin::LoginState& state) {
  Answer answer(1);
  codec::encode(state, *answer.front().mutable_login_reply());
  return answer;
}

Answer targetList(const std::vector<admin::TargetView>& targets) {
  return inParts(
      targets, [](Body& part) { return part.mutable_targets_reply()->mutable_targets(); },
      [](const admin::TargetView& from, v1::Target& to) { codec::encode(from, to); });
}

Task<Result<Answer>> getStatus(Operations& operations, v1::Envelope /*request*/, std::string /*who*/) {
  MTP_CO_TRY(const auto status, co_await operations.status());
  Answer answer(1);
  codec::encode(status, *answer.front().mutable_status_reply());
  co_return answer;
}

Task<Result<Answer>> shutDown(Operations& operations, v1::Envelope request, std::string /*who*/) {
  MTP_CO_DO(operations.shutdown(request.shutdown().force()));
  co_return done();
}

Task<Result<Answer>> startLogin(Operations& operations, v1::Envelope request, std::string /*who*/) {
  auto wanted = codec::decode(*request.mutable_start_login());
  MTP_CO_TRY(const auto state, co_await operations.startLogin(std::move(wanted)));
  co_return login(state);
}

Task<Result<Answer>> submitCode(Operations& operations, v1::Envelope request, std::string /*who*/) {
  auto* given = request.mutable_submit_code();
  auto code = codec::takeSecret(*given->mutable_code());
  MTP_CO_TRY(const auto state, co_await operations.submitCode(given->login_id(), std::move(code)));
  co_return login(state);
}

Task<Result<Answer>> submitPassword(Operations& operations, v1::Envelope request, std::string /*who*/) {
  auto* given = request.mutable_submit_password();
  auto password = codec::takeSecret(*given->mutable_password());
  MTP_CO_TRY(const auto state, co_await operations.submitPassword(given->login_id(), std::move(password)));
  co_return login(state);
}

Task<Result<Answer>> cancelLogin(Operations& operations, v1::Envelope request, std::string /*who*/) {
  MTP_CO_DO(co_await operations.cancelLogin(request.cancel_login().login_id()));
  co_return done();
}

Task<Result<Answer>> listAccounts(Operations& operations, v1::Envelope /*request*/, std::string /*who*/) {
  MTP_CO_TRY(const auto accounts, co_await operations.accounts());
  co_return inParts(
      accounts, [](Body& part) { return part.mutable_accounts_reply()->mutable_accounts(); },
      [](const admin::AccountView& from, v1::Account& to) { codec::encode(from, to); });
}

Task<Result<Answer>> getAccount(Operations& operations, v1::Envelope request, std::string /*who*/) {
  MTP_CO_TRY(const auto account, co_await operations.account(request.get_account().alias()));
  Answer answer(1);
  codec::encode(account, *answer.front().mutable_account_reply()->mutable_account());
  co_return answer;
}

Task<Result<Answer>> removeAccount(Operations& operations, v1::Envelope request, std::string /*who*/) {
  const auto& given = request.remove_account();
  MTP_CO_DO(co_await operations.removeAccount(given.alias(), given.keep_authorisation()));
  co_return done();
}

Task<Result<Answer>> addTargets(Operations& operations, v1::Envelope request, std::string /*who*/) {
  auto wanted = codec::decode(request.add_targets());
  MTP_CO_TRY(const auto targets, co_await operations.addTargets(std::move(wanted)));
  co_return targetList(targets);
}

Task<Result<Answer>> listTargets(Operations& operations, v1::Envelope /*request*/, std::string /*who*/) {
  MTP_CO_TRY(const auto targets, co_await operations.targets());
  co_return targetList(targets);
}

Task<Result<Answer>> removeTarget(Operations& operations, v1::Envelope request, std::string /*who*/) {
  const auto& given = request.remove_target();
  MTP_CO_DO(co_await operations.removeTarget(given.spec(), given.purge()));
  co_return done();
}

Task<Result<Answer>> collect(Operations& operations, v1::Envelope request, std::string /*who*/) {
  MTP_CO_TRY(const auto due, co_await operations.collect(request.collect().target()));
  Answer answer(1);
  v1::CollectReply& reply = *answer.front().mutable_collect_reply();
  reply.set_targets(due.targets);
  reply.set_target(codec::outgoing(due.spec));
  co_return answer;
}

Task<Result<Answer>> listSessions(Operations& operations, v1::Envelope /*request*/, std::string /*who*/) {
  MTP_CO_TRY(const auto sessions, co_await operations.sessions());
  co_return inParts(
      sessions, [](Body& part) { return part.mutable_sessions_reply()->mutable_sessions(); },
      [](const model::Session& from, v1::Session& to) { codec::encode(from, to); });
}

Task<Result<Answer>> listSettings(Operations& operations, v1::Envelope request, std::string /*who*/) {
  MTP_CO_TRY(const auto view, operations.settings(request.list_settings().group()));
  Answer answer(1);
  codec::encode(view, *answer.front().mutable_settings_reply());
  co_return answer;
}

Task<Result<Answer>> setSettings(Operations& operations, v1::Envelope request, std::string who) {
  auto wanted = codec::decode(request.set_settings());
  wanted.who = std::move(who);
  MTP_CO_TRY(const auto known, operations.settings(""));
  const auto outcome = co_await operations.setSettings(std::move(wanted));
  Answer answer(1);
  if (outcome.ok()) {
    codec::encode(*outcome, known, *answer.front().mutable_set_settings_reply());
  } else {
    v1::Failure& failure = *answer.front().mutable_failure();
    codec::encode(outcome.error(), failure);
    failure.set_setting(codec::settingAtFault(request.set_settings(), outcome.error()));
  }
  co_return answer;
}

bool purges(const v1::Envelope& request) {
  return request.remove_target().purge();
}

constexpr Operation kOperations[] = {
    {Body::kGetStatus, "read the status", Role::Viewer, &getStatus},
    {Body::kShutdown, "stop the engine", Role::Operator, &shutDown},
    {Body::kStartLogin, "add accounts", Role::Operator, &startLogin},
    {Body::kSubmitCode, "add accounts", Role::Operator, &submitCode},
    {Body::kSubmitPassword, "add accounts", Role::Operator, &submitPassword},
    {Body::kCancelLogin, "add accounts", Role::Operator, &cancelLogin},
    {Body::kListAccounts, "list accounts", Role::Viewer, &listAccounts},
    {Body::kGetAccount, "show accounts", Role::Viewer, &getAccount},
    {Body::kRemoveAccount, "remove accounts", Role::Operator, &removeAccount},
    {Body::kAddTargets, "add targets", Role::Operator, &addTargets},
    {Body::kListTargets, "list targets", Role::Viewer, &listTargets},
    // The first row that fits counts.
    {Body::kRemoveTarget, "delete what was collected", Role::Admin, &removeTarget, &purges},
    {Body::kRemoveTarget, "remove targets", Role::Operator, &removeTarget},
    {Body::kCollect, "start collections", Role::Operator, &collect},
    {Body::kListSessions, "list sessions", Role::Viewer, &listSessions},
    {Body::kListSettings, "read settings", Role::Viewer, &listSettings},
    {Body::kSetSettings, "change settings", Role::Admin, &setSettings},
};

}  // namespace

std::span<const Operation> allOperations() {
  return kOperations;
}

const Operation* findOperation(const v1::Envelope& request) {
  const auto* found = std::ranges::find_if(kOperations, [&request](const Operation& operation) {
    return operation.request == request.body_case() && (operation.when == nullptr || operation.when(request));
  });
  return found == std::end(kOperations) ? nullptr : found;
}

Result<void> checkRole(const Operation& operation, admin::Role role) {
  if (role >= operation.needs) {
    return {};
  }
  return Error(Errc::Refused, fmt::format("the role {} may not {}; ask to be added to the group mtpool-{}",
                                          name(role), operation.does, name(operation.needs)));
}

}  // namespace mtpool::control
