// SPDX-License-Identifier: Apache-2.0
#include "engine/admin/logins.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/admin/log_out.h"
#include "engine/async/timer.h"
#include "engine/base/log.h"
#include "engine/base/text.h"

namespace mtpool::admin {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMaxAttempts = 16;
constexpr seconds kPatience{300};  // for a person to type the code
constexpr seconds kStepTime{60};   // for Telegram to answer one step
constexpr std::int32_t kFirstDc = 2;

bool plausiblePhone(std::string_view phone) {
  return phone.size() >= 6 && phone.size() <= 20 && phone.front() == '+' &&
         std::all_of(phone.begin() + 1, phone.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string withoutSpaces(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '-' && c != '(' && c != ')'; });
  return out;
}

// Its session holds the keys another login replaces.
Result<void> checkIdle(const pool::Slot& slot) {
  if (!slot.leased) {
    return {};
  }
  return Error(Errc::Busy, fmt::format("account {} is collecting; try again when its session has ended",
                                       printable(slot.account.alias)));
}

}  // namespace

struct Logins::Attempt {
  Attempt(client::ClientContext& context, const Executor& executor, std::int32_t dc)
      : login(context, executor, dc), changed(executor) {}

  std::string id;
  LoginRequest request;
  client::Login login;
  async::Event changed;  // a step began or ended, or it was dropped
  MonoTime deadline{};
  bool busy = false;  // one step at a time
  bool over = false;
};

Logins::Logins(client::ClientContext& context, Executor executor, pool::AccountBook& book)
    : context_(context), executor_(std::move(executor)), book_(book), scope_(executor_) {}

Result<void> Logins::check(const LoginRequest& request) const {
  if (context_.application.apiId == 0 || context_.application.apiHash.empty()) {
    return Error(Errc::InvalidConfig,
                 "TELEGRAM_API_ID and TELEGRAM_API_HASH are not set; get them from my.telegram.org "
                 "and put them into the configuration file, then restart the engine");
  }
  if (request.phone.empty() == request.botToken.empty()) {
    return Error(Errc::InvalidArgument, "give either a phone number or a bot token");
  }
  if (!request.phone.empty() && !plausiblePhone(request.phone)) {
    return Error(Errc::InvalidArgument, "the phone number must be + and digits, country code first");
  }
  if (attempts_.size() >= kMaxAttempts) {
    return Error(Errc::Busy,
                 fmt::format("{} logins are under way; finish or cancel one first", attempts_.size()));
  }
  if (!request.again) {
    return book_.checkNewAlias(request.alias);
  }
  const pool::Slot* known = book_.find(request.alias);
  if (known == nullptr) {
    return Error(Errc::NotFound, fmt::format("there is no account {}", printable(request.alias)));
  }
  return checkIdle(*known);
}

Result<Logins::AttemptPtr> Logins::find(const std::string& loginId) {
  const auto it = attempts_.find(loginId);
  if (it == attempts_.end()) {
    return Error(Errc::NotFound, "this login is over or took too long; begin again");
  }
  if (it->second->busy) {
    return Error(Errc::Busy, "this login is waiting for Telegram's answer");
  }
  return it->second;
}

Task<Result<LoginState>> Logins::start(LoginRequest request) {
  request.phone = withoutSpaces(request.phone);
  MTP_CO_DO(check(request));
  const auto dcs = context_.directory.dcs();
  const bool hasFirst = std::find(dcs.begin(), dcs.end(), kFirstDc) != dcs.end();
  auto attempt =
      std::make_shared<Attempt>(context_, executor_, hasFirst || dcs.empty() ? kFirstDc : dcs.front());
  attempt->id = toHex(context_.random.bytes(8));
  attempt->request = std::move(request);
  attempt->deadline = context_.clock.mono() + kPatience;
  attempt->busy = true;
  attempts_[attempt->id] = attempt;
  scope_.spawn("login expiry", expire(attempt));
  const MonoTime step = context_.clock.mono() + kStepTime;
  if (attempt->request.phone.empty()) {
    SecretString token = attempt->request.botToken;
    auto progress = co_await attempt->login.startBot(std::move(token), step);
    co_return co_await advance(attempt, std::move(progress));
  }
  auto progress = co_await attempt->login.startPhone(attempt->request.phone, step);
  co_return co_await advance(attempt, std::move(progress));
}

Task<Result<LoginState>> Logins::submitCode(std::string loginId, SecretString code) {
  MTP_CO_TRY(AttemptPtr attempt, find(loginId));
  attempt->busy = true;
  const MonoTime step = context_.clock.mono() + kStepTime;
  auto progress = co_await attempt->login.submitCode(std::move(code), step);
  co_return co_await advance(attempt, std::move(progress));
}

Task<Result<LoginState>> Logins::submitPassword(std::string loginId, SecretString password) {
  MTP_CO_TRY(AttemptPtr attempt, find(loginId));
  attempt->busy = true;
  const MonoTime step = context_.clock.mono() + kStepTime;
  auto progress = co_await attempt->login.submitPassword(std::move(password), step);
  co_return co_await advance(attempt, std::move(progress));
}

Task<Result<LoginState>> Logins::advance(AttemptPtr attempt, Result<client::LoginProgress> progress) {
  attempt->busy = false;
  if (!progress.ok()) {
    // A wrong code or password may be typed again; everything else ends the login.
    const Errc code = progress.error().code();
    if (code != Errc::CodeInvalid && code != Errc::PasswordInvalid) {
      co_await drop(attempt);
    }
    if (code == Errc::Timeout || code == Errc::OutcomeUnknown) {
      // For whoever logs in, no answer is no answer.
      co_return Error(Errc::Timeout,
                      progress.error().text() + "; the login was given up, begin it again later");
    }
    co_return std::move(progress).error();
  }
  if (progress->needs == client::LoginNeeds::Nothing) {
    co_return co_await finish(attempt);
  }
  LoginState state;
  state.loginId = attempt->id;
  state.step = progress->needs == client::LoginNeeds::Code ? LoginStep::Code : LoginStep::Password;
  state.hint = progress->hint;
  attempt->deadline = context_.clock.mono() + kPatience;
  state.deadline = kPatience;
  co_return state;
}

// The slot of the same Telegram account, if another login may replace its keys now.
Result<pool::Slot*> Logins::findAgain(const model::Account& account) {
  pool::Slot* slot = book_.find(account.alias);
  if (slot == nullptr || slot->account.telegramId != account.telegramId) {
    return Error(Errc::Refused,
                 "this is another Telegram account than the one with that name; add it under a new name");
  }
  MTP_DO(checkIdle(*slot));
  return slot;
}

Task<Result<pool::Slot*>> Logins::keep(bool again, model::Account account, model::AccountKeys keys) {
  if (!again) {
    co_return co_await book_.add(std::move(account), std::move(keys));
  }
  MTP_CO_TRY(pool::Slot * slot, findAgain(account));
  // Another login changes the keys, not for whom it collects, since when and when last.
  account.user = slot->account.user;
  account.addedAt = slot->account.addedAt;
  account.lastUsedAt = slot->account.lastUsedAt;
  // Held meanwhile, so that no session starts on the keys that go, and nobody removes it.
  slot->leased = true;
  auto renewed = co_await book_.renew(*slot, std::move(account), std::move(keys));
  slot->leased = false;
  MTP_CO_DO(std::move(renewed));
  co_return slot;
}

Task<Result<LoginState>> Logins::finish(AttemptPtr attempt) {
  attempt->busy = true;
  client::LoggedIn done = co_await attempt->login.finish();
  model::Account account;
  account.alias = attempt->request.alias;
  account.kind = done.bot ? model::AccountKind::Bot : model::AccountKind::User;
  account.state = model::AccountState::Ready;
  account.telegramId = done.telegramId;
  account.user = model::UserId(attempt->request.userId != 0 ? attempt->request.userId : done.telegramId);
  account.phoneMasked = attempt->request.phone.empty() ? "" : maskPhone(attempt->request.phone);
  account.username = done.username;
  account.homeDc = done.homeDc;
  account.addedAt = context_.clock.wall();
  model::DcKey key = done.keys.byDc.at(done.homeDc);
  auto kept = co_await keep(attempt->request.again, std::move(account), std::move(done.keys));
  AccountView view;
  if (kept.ok()) {
    view.account = (*kept)->account;  // now: the slot may go while the login is put away
  }
  co_await drop(attempt);
  if (!kept.ok()) {
    // What nobody keeps must not stay open at Telegram either.
    auto ended = co_await logOut(context_, executor_, done.homeDc, std::move(key));
    if (!ended.ok()) {
      log::warn("admin", "a refused login could not be ended at Telegram: {}", ended.error().text());
    }
    co_return std::move(kept).error();
  }
  LoginState state;
  state.loginId = attempt->id;
  state.step = LoginStep::Done;
  state.account = std::move(view);
  co_return state;
}

Task<Result<void>> Logins::cancel(std::string loginId) {
  MTP_CO_TRY(AttemptPtr attempt, find(loginId));
  co_await drop(attempt);
  co_return Result<void>();
}

Task<void> Logins::drop(AttemptPtr attempt) {
  if (attempt->over) {
    co_return;
  }
  attempt->over = true;
  attempts_.erase(attempt->id);
  attempt->changed.notify();
  co_await attempt->login.stop();
}

Task<void> Logins::expire(AttemptPtr attempt) {
  while (!attempt->over) {
    const MonoTime now = context_.clock.mono();
    if (now >= attempt->deadline && !attempt->busy) {
      co_await drop(attempt);
      co_return;
    }
    // A step under way has its own deadline; look again a little later.
    auto woken = co_await attempt->changed.waitUntil(std::max(attempt->deadline, now + seconds(1)));
    if (!woken.ok() && woken.error().code() == Errc::Cancelled) {
      co_return;
    }
  }
}

Task<void> Logins::stop() {
  auto attempts = attempts_;
  for (auto& [id, attempt] : attempts) {
    co_await drop(attempt);
  }
  scope_.cancel();
  co_await scope_.join();
}

}  // namespace mtpool::admin
