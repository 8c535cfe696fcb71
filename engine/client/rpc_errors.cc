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

bool isWait(const mtproto::RpcError& error) {
  return error.code == 420 || error.name == "FLOOD_WAIT" || error.name == "SLOWMODE_WAIT";
}

Error waitError(const mtproto::RpcError& error, std::string_view method) {
  const std::int64_t seconds = std::clamp<std::int64_t>(error.argument.value_or(0), 1, kLongestWait);
  return Error(Errc::FloodWait,
               fmt::format("{} answered {}_{}: not before {} from now", method, printable(error.name, 64),
                           error.argument.value_or(0), humanDuration(std::chrono::seconds(seconds))))
      .withRetryAfter(std::chrono::seconds(seconds));
}

Errc byNumber(std::int32_t code) {
  switch (std::abs(code)) {
    case 303:
      return Errc::Migrate;
    case 401:
      return Errc::Unauthorized;
    case 403:
    case 406:
      return Errc::RpcForbidden;
    case 400:
    case 404:
      return Errc::RpcBadRequest;
    default:
      return Errc::RpcServer;
  }
}

}  // namespace

Error rpcError(const mtproto::RpcError& error, std::string_view method) {
  const std::string shown = printable(error.name, 64);
  if (error.name.ends_with("_MIGRATE") && error.argument.value_or(0) > 0) {
    return Error(Errc::Migrate,
                 fmt::format("{} belongs to data centre {} ({})", method, *error.argument, shown))
        .withArgument(*error.argument);
  }
  if (isWait(error)) {
    return waitError(error, method);
  }
  for (const Known& known : kKnown) {
    if (known.name == error.name) {
      return Error(known.code, fmt::format("{} ({} answered {})", known.meaning, method, shown))
          .withArgument(error.code);
    }
  }
  return Error(byNumber(error.code), fmt::format("{} answered {} {}", method, error.code, shown))
      .withArgument(error.code);
}

}  // namespace mtpool::client
