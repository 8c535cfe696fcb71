// SPDX-License-Identifier: Apache-2.0
// The identifiers of the domain. One word for one thing everywhere: SQL, proto, settings, metrics, CLI,
// console.
#pragma once

#include "engine/base/id.h"

namespace mtpool::model {

/// Row id of an account in the state store; its alias is what people see.
using AccountId = StrongId<struct AccountTag>;
/// The person or tenant for whom accounts collect.
using UserId = StrongId<struct UserTag>;
/// Row id of a target.
using TargetId = StrongId<struct TargetTag>;
/// One collection session (a lease), row id of collection_runs.
using SessionId = StrongId<struct SessionTag>;

/// A chat as the Bot API marks it: user +id, basic group -id, channel or supergroup -(10^12 + id).
struct ChatId {
  std::int64_t value = 0;

  static constexpr std::int64_t kChannelBase = 1'000'000'000'000;

  static constexpr ChatId ofUser(std::int64_t id) { return {id}; }

  static constexpr ChatId ofGroup(std::int64_t id) { return {-id}; }

  static constexpr ChatId ofChannel(std::int64_t id) { return {-(kChannelBase + id)}; }

  constexpr bool isChannel() const { return value < -kChannelBase; }

  /// The bare id Telegram uses inside peers.
  constexpr std::int64_t bare() const {
    return isChannel() ? -(value + kChannelBase) : (value < 0 ? -value : value);
  }

  friend constexpr auto operator<=>(ChatId, ChatId) = default;
};

}  // namespace mtpool::model
