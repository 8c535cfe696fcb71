// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/wait_ledger.h"

#include <algorithm>

namespace mtpool::limits {

void WaitLedger::record(Wait wait, MonoTime until) {
  auto key = std::make_pair(wait.account, wait.scope);
  const auto it = waits_.find(key);
  if (it == waits_.end()) {
    waits_.emplace(std::move(key), HeldWait{std::move(wait), until});
  } else if (it->second.until < until) {
    it->second = HeldWait{std::move(wait), until};
  }
}

const HeldWait* WaitLedger::find(model::AccountId account, const std::string& method, MonoTime now) const {
  const HeldWait* longest = nullptr;
  for (const std::string& scope : {method, std::string("*")}) {
    const auto it = waits_.find(std::make_pair(account, scope));
    if (it != waits_.end() && it->second.until > now &&
        (longest == nullptr || longest->until < it->second.until)) {
      longest = &it->second;
    }
  }
  return longest;
}

std::vector<HeldWait> WaitLedger::running(MonoTime now) const {
  std::vector<HeldWait> out;
  for (const auto& [key, wait] : waits_) {
    if (wait.until > now) {
      out.push_back(wait);
    }
  }
  std::sort(out.begin(), out.end(), [](const HeldWait& a, const HeldWait& b) { return a.until < b.until; });
  return out;
}

const HeldWait* WaitLedger::latest(model::AccountId account, MonoTime now) const {
  const HeldWait* latest = nullptr;
  for (auto it = waits_.lower_bound(std::make_pair(account, std::string()));
       it != waits_.end() && it->first.first == account; ++it) {
    if (it->second.until > now && (latest == nullptr || latest->until < it->second.until)) {
      latest = &it->second;
    }
  }
  return latest;
}

void WaitLedger::forgetEnded(MonoTime now) {
  std::erase_if(waits_, [now](const auto& entry) { return entry.second.until <= now; });
}

void WaitLedger::forget(model::AccountId account) {
  std::erase_if(waits_, [account](const auto& entry) { return entry.first.first == account; });
}

}  // namespace mtpool::limits
