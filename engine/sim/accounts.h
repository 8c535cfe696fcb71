// SPDX-License-Identifier: Apache-2.0
// Who may log in: everybody. A phone number or bot token determines its account: id, name and home data
// centre follow from the digits, so nothing has to be registered beforehand.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mtpool::sim {

struct Account {
  std::int64_t id = 0;  // above 6 * 10^9 for people; a bot has the number of its token
  bool bot = false;
  bool hasPassword = false;  // phones ending in 0000
  std::string phone;         // digits; empty for bots
  std::string firstName;
  std::string username;  // bots only
  int homeDc = 0;
};

class Accounts {
 public:
  /// `dcs` are the ids of the data centres there are, at least one.
  explicit Accounts(std::vector<int> dcs);

  /// Digits of a phone number with or without +, spaces, brackets and dashes; nullopt for anything else.
  static std::optional<std::string> digitsOf(std::string_view phone);

  /// Where this phone is at home. 99966XYYYY: DC X, as on Telegram's test servers; else spread by the digits.
  int homeDc(std::string_view digits) const;

  /// The same phone gives the same account. The pointer stays valid.
  const Account* ofPhone(const std::string& digits);
  /// `<number>:<text>` with any text; nullptr for anything else.
  const Account* ofBotToken(std::string_view token);
  /// Only accounts that were asked for before.
  const Account* find(std::int64_t id) const;

 private:
  std::vector<int> dcs_;
  std::map<std::int64_t, Account> known_;
};

}  // namespace mtpool::sim
