// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/idle_reason.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/utc.h"

namespace mtpool::collect {

namespace {

// What a target waits for that is due and this account might take.
std::string whyNotNow(const pool::Pool& pool, const pool::Slot& slot, TargetEntry& entry) {
  if (const auto error = pool.obstacle(slot, entry.want())) {
    return error->text();
  }
  const auto room = pool.check(entry.want());
  return room.ok() ? fmt::format("{} is about to be collected", entry.target().spec) : room.error().text();
}

}  // namespace

std::string idleReason(const pool::Pool& pool, TargetBook& targets, const pool::Slot& slot, WallTime now) {
  if (auto kept = pool.keptOut(slot)) {
    return *kept;
  }
  pool::Want least;
  least.user = slot.account.user;
  if (const auto error = pool.obstacle(slot, least)) {
    return error->text();
  }
  std::vector<TargetEntry*> served = targets.all();
  std::erase_if(served, [&slot](TargetEntry* entry) {
    const model::UserId user = entry->target().user;
    return user.value != 0 && user != slot.account.user;
  });
  if (served.empty()) {
    return "nothing to collect: no targets; add one: mtpoolctl target add @NAME";
  }
  for (TargetEntry* entry : targets.due(now)) {
    if (std::find(served.begin(), served.end(), entry) != served.end()) {
      return whyNotNow(pool, slot, *entry);
    }
  }
  std::optional<WallTime> next;
  bool complete = true;
  for (TargetEntry* entry : served) {
    const model::TargetState state = entry->target().state;
    complete = complete && state == model::TargetState::Complete;
    if (!entry->running && state != model::TargetState::Failed) {
      next = std::min(next.value_or(entry->target().nextDueAt), entry->target().nextDueAt);
    }
  }
  if (next) {
    return fmt::format("{}; next run at {}", complete ? "all targets collected" : "nothing is due",
                       utcText(*next));
  }
  const bool running = std::any_of(served.begin(), served.end(), [](TargetEntry* e) { return e->running; });
  return running ? "other accounts collect all that is due"
                 : "every target has failed; mtpoolctl target list says why";
}

}  // namespace mtpool::collect
