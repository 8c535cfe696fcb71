// SPDX-License-Identifier: Apache-2.0
#include "engine/client/rpc_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "engine/base/text.h"

namespace mtpool::client {

namespace {

struct Known {
  std::string_view name;
  Errc code;
  std::string_view meaning;
};

// By name first: Telegram sends some of these with more than one number. (core.telegram.org/api/errors)
constexpr std::array kKnown{
    Known{"SESSION_PASSWORD_NEEDED", Errc::PasswordNeeded, "the account has a second factor"},
    Known{"PHONE_CODE_INVALID", Errc::CodeInvalid, "the login code is wrong"},
    Known{"PHONE_CODE_EMPTY", Errc::CodeInvalid, "the login code is missing"},
    Known{"PHONE_CODE_EXPIRED", Errc::CodeInvalid, "the login code has expired; ask for a new one"},
    Known{"PASSWORD_HASH_INVALID", Errc::PasswordInvalid, "the second-factor password is wrong"},
    Known{"PHONE_NUMBER_INVALID", Errc::InvalidArgument,
          "Telegram does not know this phone number; write it as +COUNTRY…"},
    Known{"PHONE_NUMBER_BANNED", Errc::Unauthorized, "this phone number is banned from Telegram"},
    Known{"API_ID_INVALID", Errc::InvalidConfig,
          "TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong together"},
    Known{"API_ID_PUBLISHED_FLOOD", Errc::InvalidConfig,
          "this TELEGRAM_API_ID is public and blocked; use your own"},
    Known{"ACCESS_TOKEN_INVALID", Errc::InvalidArgument,
          "Telegram refuses the bot token; check the token file"},
    Known{"ACCESS_TOKEN_EXPIRED", Errc::InvalidArgument,
          "the bot token has expired; ask BotFather for a new one"},
    Known{"USERNAME_NOT_OCCUPIED", Errc::NotFound, "nobody has this name"},
    Known{"USERNAME_INVALID", Errc::InvalidArgument, "this cannot be a Telegram name"},
    Known{"CHANNEL_PRIVATE", Errc::RpcForbidden, "this account may not read the channel"},
    Known{"CHANNEL_INVALID", Errc::RpcForbidden, "this account does not know the channel"},
    Known{"BOT_METHOD_INVALID", Errc::RpcForbidden, "bots may not do this; use a user account"},
    Known{"AUTH_KEY_UNREGISTERED", Errc::Unauthorized, "the account is logged out; log it in again"},
    Known{"AUTH_KEY_INVALID", Errc::Unauthorized, "the account is logged out; log it in again"},
    Known{"SESSION_REVOKED", Errc::Unauthorized, "the login was ended from another device; log in again"},
    Known{"SESSION_EXPIRED", Errc::Unauthorized, "the login has expired; log in again"},
    Known{"USER_DEACTIVATED", Errc::Unauthorized, "the account was deleted"},
    Known{"USER_DEACTIVATED_BAN", Errc::Unauthorized, "the account was banned"},
    Known{"AUTH_KEY_DUPLICATED", Errc::AuthKeyDuplicated,
          "the login was used from two places and Telegram destroyed it; log in again"},
    Known{"CONNECTION_NOT_INITED", Errc::ConnectionNotInited, "the connection must be initialised again"},
    Known{"CONNECTION_LAYER_INVALID", Errc::ConnectionNotInited, "the connection must be initialised again"},
};

constexpr std::int64_t kLongestWait = 14 * 24 * 3600;

// What 420 means besides these is no matter of time: a rule of the business, or a name of tomorrow. Waiting a
// second for it would ask again for ever.
constexpr std::array<std::string_view, 6> kWaits{"FLOOD_WAIT",       "FLOOD_PREMIUM_WAIT",
                                                 "SLOWMODE_WAIT",    "TAKEOUT_INIT_DELAY",
                                                 "2FA_CONFIRM_WAIT", "FLOOD_TEST_PHONE_WAIT"};

// The only wait that names no time; a second is what it means.
constexpr std::string_view kShortWait = "FLOOD_SKIP_FAILED_WAIT";

bool isWait(const mtproto::RpcError& error) {
  return error.name == kShortWait ||
         (error.argument && std::find(kWaits.begin(), kWaits.end(), error.name) != kWaits.end());
}

// Telegram has five; a number far beyond is a mistake or a trap, not a place to go to.
constexpr std::int64_t kHighestDc = 1000;

bool isMigration(const mtproto::RpcError& error) {
  return error.name.ends_with("_MIGRATE") && error.argument && *error.argument >= 1 &&
         *error.argument <= kHighestDc;
}

// The name as Telegram wrote it.
std::string shownName(const mtproto::RpcError& error) {
  const std::string name = printable(error.name, 64);
  return error.argument ? fmt::format("{}_{}", name, *error.argument) : name;
}

Error waitError(const mtproto::RpcError& error, std::string_view method) {
  const std::chrono::seconds wait(std::clamp<std::int64_t>(error.argument.value_or(1), 1, kLongestWait));
  return Error(Errc::FloodWait, fmt::format("{} answered {}: not before {} from now", method,
                                            shownName(error), humanDuration(wait)))
      .withRetryAfter(wait);
}

Errc byNumber(std::int32_t code) {
  switch (std::abs(code)) {
    case 401:
      return Errc::Unauthorized;
    case 403:
    case 406:
      return Errc::RpcForbidden;
    case 303:
    case 400:
    case 404:
    case 420:
      return Errc::RpcBadRequest;
    default:
      return Errc::RpcServer;
  }
}

}  // namespace

Error rpcError(const mtproto::RpcError& error, std::string_view method) {
  const std::string shown = printable(error.name, 64);
  if (isMigration(error)) {
    return Error(Errc::Migrate,
                 fmt::format("{} belongs to data centre {} ({})", method, *error.argument, shown))
        .withArgument(*error.argument);
  }
  if (isWait(error)) {
    return waitError(error, method);
  }
  if (error.name.starts_with("FROZEN_")) {
    return Error(
               Errc::AccountFrozen,
               fmt::format("Telegram has frozen the account; appeal in an official app, then log it in again "
                           "({} answered {})",
                           method, shownName(error)))
        .withArgument(error.code);
  }
  for (const Known& known : kKnown) {
    if (known.name == error.name) {
      return Error(known.code, fmt::format("{} ({} answered {})", known.meaning, method, shown))
          .withArgument(error.code);
    }
  }
  return Error(byNumber(error.code), fmt::format("{} answered {} {}", method, error.code, shownName(error)))
      .withArgument(error.code);
}

}  // namespace mtpool::client
