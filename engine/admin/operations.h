// SPDX-License-Identifier: Apache-2.0
// Every admin operation, declared once. The control socket (and REST later) are codecs of this interface; the
// engine implements it; tests put a fake behind the codecs.
//
// All calls happen on the hall's shard (the one the composition root gives to control). Errors carry the
// sentence the person reads: cause, then remedy, naming the setting or limit at fault.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/async/task.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"
#include "engine/config/change.h"
#include "engine/config/setting.h"
#include "engine/model/account.h"
#include "engine/model/session.h"
#include "engine/model/status.h"
#include "engine/model/target.h"

namespace mtpool::admin {

enum class Role { Viewer, Operator, Admin };

struct LoginRequest {
  std::string alias;
  std::string phone;  // exactly one of phone and botToken
  SecretString botToken;
  std::int64_t userId = 0;  // 0 = the account's own Telegram id
  bool again = false;       // an existing account after a revocation

  LoginRequest() = default;
};

/// An account with what is known only while the engine runs.
struct AccountView {
  model::Account account;
  bool connected = false;
  WallTime waitUntil{};  // zero = no wait
};

enum class LoginStep { Code, Password, Done };

struct LoginState {
  std::string loginId;
  LoginStep step = LoginStep::Code;
  std::string hint;                      // where the code went; the password hint
  std::chrono::milliseconds deadline{};  // the login is dropped after this
  std::optional<AccountView> account;    // with Done

  LoginState() = default;
};

struct TargetView {
  model::Target target;
  std::string title;
  std::int64_t stored = 0;
  std::int64_t expected = 0;
  std::int64_t lastMessageDate = 0;
};

struct TargetRequest {
  std::vector<std::string> specs;
  std::int64_t userId = 0;
  std::string history;  // empty = all
  std::chrono::seconds interval{0};

  TargetRequest() = default;
};

/// What was made due.
struct Due {
  std::int64_t targets = 0;
  std::string spec;  // as targets() spells it; empty = all
};

/// What a subscriber may watch; each has a version that rises whenever its view may have changed.
enum class Topic { Status, Sessions, Accounts, Targets, Settings, Progress };

class Operations {
 public:
  virtual ~Operations() = default;

  virtual Task<Result<model::EngineStatus>> status() = 0;
  /// Up to the last hour at 1 s, oldest first: what charts show at once.
  virtual std::vector<model::StatusPoint> statusHistory() = 0;
  /// Begins the graceful stop; returns at once.
  virtual Result<void> shutdown(bool force) = 0;

  virtual Task<Result<LoginState>> startLogin(LoginRequest request) = 0;
  virtual Task<Result<LoginState>> submitCode(std::string loginId, SecretString code) = 0;
  virtual Task<Result<LoginState>> submitPassword(std::string loginId, SecretString password) = 0;
  virtual Task<Result<void>> cancelLogin(std::string loginId) = 0;
  virtual Task<Result<std::vector<AccountView>>> accounts() = 0;
  virtual Task<Result<AccountView>> account(std::string alias) = 0;
  virtual Task<Result<void>> removeAccount(std::string alias, bool keepAuthorisation) = 0;

  virtual Task<Result<std::vector<TargetView>>> addTargets(TargetRequest request) = 0;
  virtual Task<Result<std::vector<TargetView>>> targets() = 0;
  virtual Task<Result<void>> removeTarget(std::string spec, bool purge) = 0;
  /// Makes a target (empty = all) due now or joins its run.
  virtual Task<Result<Due>> collect(std::string spec) = 0;
  virtual Task<Result<model::Progress>> progress(std::string spec) = 0;

  virtual Task<Result<std::vector<model::Session>>> sessions() = 0;

  virtual Result<config::SettingsView> settings(std::string group) = 0;
  virtual Task<Result<config::ChangeOutcome>> setSettings(config::ChangeRequest request) = 0;

  virtual std::uint64_t version(Topic topic) const = 0;
};

}  // namespace mtpool::admin
