// SPDX-License-Identifier: Apache-2.0
// One call as a service sees it, unwrapped, and what it answers.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "engine/base/bytes.h"
#include "engine/sim/key_ring.h"
#include "engine/sim/scene.h"
#include "engine/tl/codec.h"

namespace mtpool::sim {

/// rpc_error.
struct Refusal {
  std::int32_t code = 400;
  std::string message;
};

/// The boxed result, or a refusal.
using Answer = std::variant<Bytes, Refusal>;

inline Answer refuse(std::int32_t code, std::string message) {
  return Refusal{code, std::move(message)};
}

template <class T>
Answer answerWith(const T& value) {
  return tl::serialize(value);
}

struct Request {
  Scene& scene;
  KeyRing& keys;
  int dc = 0;
  KeyRecord& key;    // that carried the call
  KeyRecord& owner;  // whose login counts: the permanent key behind a bound temporary one, else the same
  std::uint64_t sessionId = 0;
  std::int64_t msgId = 0;

  /// Who calls; nullptr before login.
  const Account* account() const { return scene.accounts.find(owner.login.account); }

  /// The caller's user id, 0 before login.
  std::int64_t viewer() const { return owner.login.account; }

  void violation(std::string_view what, std::string_view detail) const {
    scene.report.violation(key.client, what, detail);
  }
};

}  // namespace mtpool::sim
