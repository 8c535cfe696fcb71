// SPDX-License-Identifier: Apache-2.0
// An account: one Telegram authorisation, a user or a bot, with an alias.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/secret.h"
#include "engine/model/ids.h"

namespace mtpool::model {

enum class AccountKind { User, Bot };
enum class AccountState { New, Ready, NeedsLogin, Quarantined };

std::string_view name(AccountKind kind);    // user, bot
std::string_view name(AccountState state);  // new, ready, needs_login, quarantined

/// What may be shown. Secrets live in AccountKeys.
struct Account {
  AccountId id;
  std::string alias;
  AccountKind kind = AccountKind::User;
  AccountState state = AccountState::New;
  std::string why;  // why it is not ready: one sentence
  std::int64_t telegramId = 0;
  UserId user;  // for whom it collects
  std::string phoneMasked;
  std::string username;
  std::int32_t homeDc = 0;
  WallTime addedAt{};
  WallTime lastUsedAt{};
};

/// The authorisation of an account at one data centre; sealed at rest.
struct DcKey {
  Secret<Bytes> authKey;  // 256 bytes
  std::uint64_t salt = 0;
};

struct AccountKeys {
  std::map<std::int32_t, DcKey> byDc;
};

}  // namespace mtpool::model
