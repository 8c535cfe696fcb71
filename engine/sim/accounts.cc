// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/sim/world/dice.h"
#include "engine/sim/world/words.h"

namespace mtpool::sim {

namespace {

constexpr std::int64_t kFirstUserId = 6'000'000'000;
constexpr std::uint32_t kUserIds = 390'000'000;  // up to where the world's own people begin

std::uint64_t hashOf(std::string_view digits) {
  std::uint64_t hash = 0;
  for (const char digit : digits) {
    hash = mix(hash, static_cast<std::uint64_t>(digit));
  }
  return hash;
}

}  // namespace

Accounts::Accounts(std::vector<int> dcs) : dcs_(std::move(dcs)) {
  MTP_CHECK(!dcs_.empty());
  std::sort(dcs_.begin(), dcs_.end());
}

std::optional<std::string> Accounts::digitsOf(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+ -()").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.size() < 5 || digits.size() > 15) {
    return std::nullopt;
  }
  return digits;
}

int Accounts::homeDc(std::string_view digits) const {
  if (digits.starts_with("99966") && digits.size() == 10) {
    const int dc = digits[5] - '0';
    if (std::find(dcs_.begin(), dcs_.end(), dc) != dcs_.end()) {
      return dc;
    }
  }
  return dcs_[hashOf(digits) % dcs_.size()];
}

const Account* Accounts::ofPhone(const std::string& digits) {
  Dice dice(hashOf(digits));
  Account account;
  account.id = kFirstUserId + dice.below(kUserIds);
  account.phone = digits;
  account.hasPassword = digits.ends_with("0000");
  account.firstName = dice.pick(firstNames());
  account.homeDc = homeDc(digits);
  return &known_.try_emplace(account.id, std::move(account)).first->second;
}

const Account* Accounts::ofBotToken(std::string_view token) {
  const std::size_t colon = token.find(':');
  const auto number = parseInt(token.substr(0, colon));
  if (colon == std::string_view::npos || colon + 1 == token.size() || !number || *number < 1) {
    return nullptr;
  }
  Account account;
  account.id = *number;
  account.bot = true;
  account.firstName = fmt::format("Bot {}", *number);
  account.username = fmt::format("sim{}_bot", *number);
  account.homeDc = homeDc(token.substr(0, colon));
  return &known_.try_emplace(account.id, std::move(account)).first->second;
}

const Account* Accounts::find(std::int64_t id) const {
  const auto found = known_.find(id);
  return found == known_.end() ? nullptr : &found->second;
}

}  // namespace mtpool::sim
