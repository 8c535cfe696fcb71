// SPDX-License-Identifier: Apache-2.0
// The closed list of error codes of the product, and what each one means for whoever gets it.
//
// A code says what happened; its disposition says what the one policy chain (pool/policy.cc) may do about it.
// Callers switch on the disposition, almost never on the code.
#pragma once

#include <cstdint>
#include <string_view>

namespace mtpool {

enum class Errc : std::uint8_t {
  // ours
  Internal,         // a bug that could be contained
  InvalidArgument,  // the caller asked for something that cannot be
  InvalidConfig,    // a setting or file line is wrong; the text names it
  NotFound,         //
  AlreadyExists,    //
  Refused,          // a lock, a role or a pinned setting says no
  Busy,             // a bounded queue is full
  Timeout,          // a deadline passed
  Cancelled,        // whoever asked went away, or shutdown
  Unsupported,      // known, but not by this version
  // storage
  Io,              // a file operation failed
  StorageBusy,     // locked by somebody else; will pass
  StorageFull,     // no space left
  StorageCorrupt,  // the database or a sealed record is damaged
  Storage,         // any other database failure
  // network and transport
  Unreachable,     // no route, refused, name not found
  ConnectionLost,  // an established connection ended
  OutcomeUnknown,  // sent, never answered, not to be repeated: whoever asked finds out whether it was done
  TransportFlood,  // transport error -429
  AuthKeyUnknown,  // transport error -404
  InvalidDc,       // transport error -444
  // protocol
  Malformed,           // bytes that do not parse
  UnknownConstructor,  // TL id outside our schema
  LimitExceeded,       // a size, depth or count bound was hit
  SecurityCheck,       // a check of the MTProto security guidelines failed; nothing of it is used
  UnknownServerKey,    // the server knows none of our RSA keys
  // answers of Telegram
  FloodWait,           // retryAfter says how long
  Migrate,             // argument is the DC to go to
  RpcBadRequest,       // 400 and friends: this call will never work
  RpcForbidden,        // 403, 406: this target is not for this account
  RpcServer,           // 500, -503: the server's trouble, passes
  Unauthorized,        // 401: the account is logged out
  AuthKeyDuplicated,   // 406: the authorisation was destroyed
  AccountFrozen,       // 420 FROZEN_*: Telegram lets the account do nothing until its owner's appeal is heard
  PasswordNeeded,      // login goes on with the second factor
  CodeInvalid,         // login code wrong or expired
  PasswordInvalid,     // second factor wrong
  ConnectionNotInited  // repeat wrapped in initConnection
};

enum class Disposition : std::uint8_t {
  RetrySame,          // again, same account, after back-off
  RetryElsewhere,     // another account or DC may do it
  WaitThenRetry,      // not before retryAfter
  DropConnection,     // close, reconnect, then again
  QuarantineAccount,  // take the account out until an operator looked
  CallerFault,        // do not repeat: the request itself is wrong
  Fatal               // the process or the store cannot go on
};

/// Stable lower_snake name, the same in logs, metrics, JSON and the console.
std::string_view name(Errc code);

Disposition dispositionOf(Errc code);

}  // namespace mtpool
