// SPDX-License-Identifier: Apache-2.0
// An engine of tables: what a test puts in is what clients see, and what clients ask is written down.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/admin/operations.h"
#include "engine/async/timer.h"

namespace mtpool::test {

class FakeOperations : public admin::Operations {
 public:
  explicit FakeOperations(const Executor& executor) : wake_(executor) {
    status_.engineVersion = "0.1.0";
    status_.maxConcurrentUsers = 10;
  }

  // What clients see. After a change: touch().
  model::EngineStatus status_;
  std::vector<model::StatusPoint> history_;
  std::vector<admin::AccountView> accounts_;
  std::vector<admin::TargetView> targets_;
  std::vector<model::Session> sessions_;
  config::SettingsView settings_;
  config::ChangeOutcome outcome_;
  std::deque<model::Progress> progress_;  // one per look, the last stays
  std::optional<Error> failure_;          // every request fails with it
  std::optional<Error> refusal_;          // every change of settings does

  // What clients asked: "collect @a".
  std::vector<std::string> calls_;
  std::vector<std::string> specs_;  // of the last targets added
  std::string who_;                 // changed settings last
  std::size_t hanging_ = 0;         // requests that wait for cancellation
  std::size_t looks_ = 0;           // of subscriptions at the sessions
  bool holdSessions_ = false;       // a look at them waits for cancellation
  bool holdLogin_ = false;          // its first step waits for letGo()

  void letGo() {
    holdLogin_ = false;
    wake_.notify();
  }

  void touch(admin::Topic topic) { ++versions_.at(static_cast<std::size_t>(topic)); }

  Task<Result<model::EngineStatus>> status() override { co_return answer("status", status_); }

  std::vector<model::StatusPoint> statusHistory() override { return history_; }

  Result<void> shutdown(bool force) override {
    calls_.emplace_back(force ? "shutdown now" : "shutdown");
    return failure_ ? Result<void>(*failure_) : Result<void>();
  }

  Task<Result<admin::LoginState>> startLogin(admin::LoginRequest request) override {
    login_ = std::move(request);
    while (holdLogin_) {
      MTP_CO_DO(co_await wake_.wait());
    }
    admin::LoginState state;
    state.loginId = "login-1";
    state.hint = "sent to the app";
    if (!login_.botToken.empty()) {
      co_return login_.botToken.reveal() == "1:token" ? answer("bot " + login_.alias, done())
                                                      : Error(Errc::Unauthorized, "the bot token is wrong");
    }
    const std::string how = login_.again ? "login again " : "login ";
    co_return answer(how + login_.alias + " " + login_.phone, state);
  }

  Task<Result<admin::LoginState>> submitCode(std::string loginId, SecretString code) override {
    calls_.push_back("code " + loginId);
    if (code.reveal() != "12345") {
      co_return Error(Errc::CodeInvalid, "the code is wrong; look again and type the newest one");
    }
    if (!login_.phone.ends_with("0000")) {
      co_return done();
    }
    admin::LoginState state;
    state.loginId = loginId;
    state.step = admin::LoginStep::Password;
    state.hint = "theatre";
    co_return state;
  }

  Task<Result<admin::LoginState>> submitPassword(std::string loginId, SecretString password) override {
    calls_.push_back("password " + loginId);
    if (password.reveal() != "rehearsal") {
      co_return Error(Errc::PasswordInvalid, "the password is wrong");
    }
    co_return done();
  }

  Task<Result<void>> cancelLogin(std::string loginId) override {
    calls_.push_back("cancel " + loginId);
    co_return Result<void>();
  }

  Task<Result<std::vector<admin::AccountView>>> accounts() override {
    co_return answer("accounts", accounts_);
  }

  Task<Result<admin::AccountView>> account(std::string alias) override {
    for (const auto& view : accounts_) {
      if (view.account.alias == alias) {
        co_return view;
      }
    }
    co_return Error(Errc::NotFound, "no account is called " + alias);
  }

  Task<Result<void>> removeAccount(std::string alias, bool keepAuthorisation) override {
    co_return answer("remove " + alias + (keepAuthorisation ? " keep" : ""));
  }

  Task<Result<std::vector<admin::TargetView>>> addTargets(admin::TargetRequest request) override {
    specs_ = request.specs;
    calls_.push_back("add " + std::to_string(request.specs.size()) + " for " +
                     std::to_string(request.userId) + " history '" + request.history + "' every " +
                     std::to_string(request.interval.count()));
    co_return targets_;
  }

  Task<Result<std::vector<admin::TargetView>>> targets() override { co_return answer("targets", targets_); }

  Task<Result<void>> removeTarget(std::string spec, bool purge) override {
    if (spec == "@unknown") {
      co_return Error(Errc::NotFound, "no target @unknown");
    }
    co_return answer("drop " + spec + (purge ? " purge" : ""));
  }

  /// "@hang" waits until the request is cancelled.
  Task<Result<admin::Due>> collect(std::string spec) override {
    if (spec == "@hang") {
      ++hanging_;
      auto waited = co_await wake_.wait();
      --hanging_;
      co_return waited.ok() ? Result<admin::Due>(admin::Due())
                            : Result<admin::Due>(std::move(waited).error());
    }
    admin::Due due;
    due.targets = static_cast<std::int64_t>(targets_.size());
    due.spec = spec.empty() || spec.starts_with('@') ? spec : "@" + spec;
    co_return answer("collect " + spec, due);
  }

  Task<Result<model::Progress>> progress(std::string /*spec*/) override {
    if (progress_.empty()) {
      co_return Error(Errc::NotFound, "no such target");
    }
    model::Progress now = progress_.front();
    if (progress_.size() > 1) {
      progress_.pop_front();
      touch(admin::Topic::Progress);
    }
    co_return now;
  }

  Task<Result<std::vector<model::Session>>> sessions() override {
    ++looks_;
    if (holdSessions_) {
      MTP_CO_DO(co_await wake_.wait());
    }
    co_return answer("sessions", sessions_);
  }

  Result<config::SettingsView> settings(std::string group) override {
    calls_.push_back("settings " + group);
    config::SettingsView view = settings_;
    std::erase_if(view.settings, [&](const config::SettingView& one) {
      return !group.empty() && one.setting->group != group;
    });
    return failure_ ? Result<config::SettingsView>(*failure_) : view;
  }

  Task<Result<config::ChangeOutcome>> setSettings(config::ChangeRequest request) override {
    std::string call = request.dryRun ? "try" : "set";
    for (const auto& [key, value] : request.changes) {
      call += " " + key + "=" + value;
    }
    who_ = request.who;
    if (refusal_) {
      co_return *refusal_;
    }
    co_return answer(call + (request.comment.empty() ? "" : " because " + request.comment), outcome_);
  }

  std::uint64_t version(admin::Topic topic) const override {
    return versions_.at(static_cast<std::size_t>(topic));
  }

 private:
  template <class T>
  Result<T> answer(std::string call, T value) {
    calls_.push_back(std::move(call));
    return failure_ ? Result<T>(*failure_) : Result<T>(std::move(value));
  }

  Result<void> answer(std::string call) {
    calls_.push_back(std::move(call));
    return failure_ ? Result<void>(*failure_) : Result<void>();
  }

  admin::LoginState done() {
    admin::LoginState state;
    state.loginId = "login-1";
    state.step = admin::LoginStep::Done;
    admin::AccountView view;
    view.account.alias = login_.alias;
    view.account.state = model::AccountState::Ready;
    view.account.kind = login_.botToken.empty() ? model::AccountKind::User : model::AccountKind::Bot;
    view.account.telegramId = 77;
    state.account = view;
    return state;
  }

  std::array<std::uint64_t, 6> versions_{1, 1, 1, 1, 1, 1};
  admin::LoginRequest login_;
  async::Event wake_;
};

}  // namespace mtpool::test
