// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/base/text.h"
#include "engine/model/account.h"
#include "engine/model/session.h"
#include "engine/model/target.h"

namespace mtpool::model {

namespace {

template <class Enum, std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view name(AccountKind kind) {
  static constexpr std::array<std::string_view, 2> kNames{"user", "bot"};
  return pick(kNames, kind);
}

std::string_view name(AccountState state) {
  static constexpr std::array<std::string_view, 4> kNames{"new", "ready", "needs_login", "quarantined"};
  return pick(kNames, state);
}

std::string_view name(TargetState state) {
  static constexpr std::array<std::string_view, 5> kNames{"due", "running", "waiting", "complete", "failed"};
  return pick(kNames, state);
}

std::string_view name(SessionState state) {
  static constexpr std::array<std::string_view, 4> kNames{"waiting", "connecting", "collecting", "closing"};
  return pick(kNames, state);
}

std::string_view name(RunOutcome outcome) {
  static constexpr std::array<std::string_view, 8> kNames{"complete", "limit",   "waiting", "failed",
                                                          "idle",     "timeout", "stopped", "killed"};
  return pick(kNames, outcome);
}

std::string HistoryDepth::text() const {
  return newest ? std::to_string(*newest) : "all";
}

std::optional<HistoryDepth> HistoryDepth::parse(std::string_view text) {
  if (text == "all") {
    return HistoryDepth{};
  }
  const auto count = parseInt(text);
  if (!count || *count < 1) {
    return std::nullopt;
  }
  return HistoryDepth{count};
}

}  // namespace mtpool::model
