// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/admin/engine_operations.h"
#include "engine/admin/log_out.h"
#include "engine/admin/settings_binding.h"
#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/collect/idle_reason.h"

namespace mtpool::admin {

AccountView EngineOperations::viewOf(pool::Slot& slot) const {
  AccountView view;
  view.account = slot.account;
  view.connected = slot.client && slot.client->ready();
  const MonoTime now = parts_.clock.mono();
  if (const limits::HeldWait* held = parts_.pool.book().waits().latest(slot.account.id, now)) {
    // As the wall clock reads now: it may have been set since.
    view.waitUntil = std::chrono::round<std::chrono::seconds>(parts_.clock.wall() + (held->until - now));
    if (view.account.why.empty()) {
      view.account.why = held->wait.reason;
    }
  }
  if (view.account.why.empty() && !slot.leased) {
    view.account.why = collect::idleReason(parts_.pool, parts_.targets, slot, parts_.clock.wall());
  }
  return view;
}

// A new account may be what due targets wait for.
Task<Result<LoginState>> EngineOperations::afterLogin(Task<Result<LoginState>> step) {
  auto state = co_await std::move(step);
  if (state.ok() && state->step == LoginStep::Done) {
    parts_.pool.configure(poolSettings(parts_.settings));
    parts_.scheduler.wake();
  }
  co_return state;
}

Task<Result<LoginState>> EngineOperations::startLogin(LoginRequest request) {
  return afterLogin(logins_.start(std::move(request)));
}

Task<Result<LoginState>> EngineOperations::submitCode(std::string loginId, SecretString code) {
  return afterLogin(logins_.submitCode(std::move(loginId), std::move(code)));
}

Task<Result<LoginState>> EngineOperations::submitPassword(std::string loginId, SecretString password) {
  return afterLogin(logins_.submitPassword(std::move(loginId), std::move(password)));
}

Task<Result<void>> EngineOperations::cancelLogin(std::string loginId) {
  return logins_.cancel(std::move(loginId));
}

Task<Result<std::vector<AccountView>>> EngineOperations::accounts() {
  std::vector<AccountView> out;
  for (pool::Slot* slot : parts_.pool.book().all()) {
    out.push_back(viewOf(*slot));
  }
  co_return out;
}

Task<Result<AccountView>> EngineOperations::account(std::string alias) {
  pool::Slot* slot = parts_.pool.book().find(alias);
  if (slot == nullptr) {
    co_return Error(Errc::NotFound,
                    fmt::format("there is no account {}; see: mtpoolctl account list", printable(alias)));
  }
  co_return viewOf(*slot);
}

Task<Result<void>> EngineOperations::removeAccount(std::string alias, bool keepAuthorisation) {
  pool::AccountBook& book = parts_.pool.book();
  // So that no session starts on a dying authorisation.
  MTP_CO_TRY(pool::Slot * slot, book.reserve(alias));
  const std::int32_t dc = slot->account.homeDc;
  const auto found = slot->keys.byDc.find(dc);
  if (!keepAuthorisation && found != slot->keys.byDc.end() &&
      slot->account.state == model::AccountState::Ready) {
    model::DcKey key = found->second;
    auto out = co_await logOut(parts_.client, parts_.executor, dc, std::move(key));
    if (!out.ok()) {
      book.unreserve(*slot);
      co_return Error(out.error().code(),
                      fmt::format("{} could not be logged out at Telegram ({}); repeat with "
                                  "--keep-authorisation to remove it here only",
                                  alias, out.error().text()));
    }
  }
  co_return co_await book.remove(*slot);
}

}  // namespace mtpool::admin
