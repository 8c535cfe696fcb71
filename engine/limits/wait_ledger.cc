// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/wait_ledger.h"

#include <algorithm>

namespace mtpool::limits {

void WaitLedger::record(Wait wait) {
  auto key = std::make_pair(wait.account, wait.scope);
  const auto it = waits_.find(key);
  if (it == waits_.end()) {
    waits_.emplace(std::move(key), std::move(wait));
  } else if (it->second.until < wait.until) {
    it->second = std::move(wait);
  }
}

const Wait* WaitLedger::find(model::AccountId account, const std::string& method, WallTime now) const {
  const Wait* longest = nullptr;
  for (const std::string& scope : {method, std::string("*")}) {
    const auto it = waits_.find(std::make_pair(account, scope));
    if (it != waits_.end() && it->second.until > now &&
        (longest == nullptr || longest->until < it->second.until)) {
      longest = &it->second;
    }
  }
  return longest;
}

std::vector<Wait> WaitLedger::running(WallTime now) const {
  std::vector<Wait> out;
  for (const auto& [key, wait] : waits_) {
    if (wait.until > now) {
      out.push_back(wait);
    }
  }
  std::sort(out.begin(), out.end(), [](const Wait& a, const Wait& b) { return a.until < b.until; });
  return out;
}

const Wait* WaitLedger::latest(model::AccountId account, WallTime now) const {
  const Wait* latest = nullptr;
  for (auto it = waits_.lower_bound(std::make_pair(account, std::string()));
       it != waits_.end() && it->first.first == account; ++it) {
    if (it->second.until > now && (latest == nullptr || latest->until < it->second.until)) {
      latest = &it->second;
    }
  }
  return latest;
}

void WaitLedger::forgetEnded(WallTime now) {
  std::erase_if(waits_, [now](const auto& entry) { return entry.second.until <= now; });
}

void WaitLedger::forget(model::AccountId account) {
  std::erase_if(waits_, [account](const auto& entry) { return entry.first.first == account; });
}

}  // namespace mtpool::limits
