// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/target_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/utc.h"

namespace mtpool::collect {

Task<Result<void>> TargetBook::load() {
  MTP_CO_TRY(std::vector<store::TargetRecord> records, co_await store_.targets());
  for (auto& record : records) {
    auto entry = std::make_unique<TargetEntry>();
    entry->record = std::move(record);
    if (entry->target().state == model::TargetState::Running) {
      entry->target().state = model::TargetState::Due;
    }
    byId_[entry->target().id.value] = std::move(entry);
  }
  ++version_;
  co_return Result<void>();
}

Task<Result<std::vector<TargetEntry*>>> TargetBook::add(std::vector<model::Target> targets) {
  MTP_CO_TRY(std::vector<store::TargetRecord> records, co_await store_.addTargets(std::move(targets)));
  std::vector<TargetEntry*> out;
  for (auto& record : records) {
    auto& entry = byId_[record.target.id.value];
    if (!entry) {
      entry = std::make_unique<TargetEntry>();
    }
    entry->askedAgain = entry->running;
    entry->bars.clear();
    entry->record = std::move(record);
    if (entry->running) {
      entry->target().state = model::TargetState::Running;
    }
    out.push_back(entry.get());
  }
  ++version_;
  co_return out;
}

Task<Result<void>> TargetBook::remove(TargetEntry& entry, bool purge) {
  const model::TargetId id = entry.target().id;
  const model::ChatId chat = entry.target().chat;
  MTP_CO_DO(co_await store_.removeTarget(id, purge));
  const auto found = byId_.find(id.value);
  if (found != byId_.end() && found->second->running) {
    // The session that has it sees this at its next page and lets go.
    found->second->removed = true;
  } else {
    byId_.erase(id.value);
  }
  for (auto& [other, sibling] : byId_) {
    if (purge && chat.value != 0 && sibling->target().chat == chat) {
      sibling->record.cursor = {};
      sibling->record.lastMessageDate = 0;
    }
  }
  ++version_;
  co_return Result<void>();
}

Task<Result<void>> TargetBook::bind(TargetEntry& entry, model::ChatId chat) {
  if (entry.target().chat == chat) {
    co_return Result<void>();
  }
  MTP_CO_TRY(store::TargetRecord stored, co_await store_.bindTarget(entry.target().id, chat));
  adopt(entry, std::move(stored));
  co_return Result<void>();
}

Task<Result<void>> TargetBook::reload(TargetEntry& entry) {
  MTP_CO_TRY(store::TargetRecord stored, co_await store_.target(entry.target().id));
  adopt(entry, std::move(stored));
  co_return Result<void>();
}

void TargetBook::adopt(TargetEntry& entry, store::TargetRecord stored) {
  entry.target().chat = stored.target.chat;
  entry.record.cursor = stored.cursor;
  entry.record.title = std::move(stored.title);
  entry.record.lastMessageDate = stored.lastMessageDate;
  ++version_;
}

Task<Result<void>> TargetBook::setState(TargetEntry& entry, model::TargetState state, std::string why) {
  entry.target().state = state;
  entry.target().why = std::move(why);
  ++version_;
  if (entry.removed) {
    co_return Result<void>();
  }
  co_return co_await store_.saveTargetState(entry.target());
}

Task<Result<void>> TargetBook::makeDue(std::vector<TargetEntry*> entries, WallTime now) {
  std::vector<model::Target> changed;
  for (TargetEntry* entry : entries) {
    model::Target& target = entry->target();
    const WallTime at = std::max(now, entry->retryAt);
    if (entry->running || (target.state == model::TargetState::Due && target.nextDueAt <= at)) {
      continue;
    }
    if (target.state == model::TargetState::Failed) {
      entry->bars.clear();
    }
    target.state = model::TargetState::Due;
    // Who asks is told why nothing happens yet.
    target.why = at > now ? fmt::format("{}; tried again at {}", target.why, utcText(at)) : std::string();
    target.nextDueAt = at;
    changed.push_back(target);
  }
  if (changed.empty()) {
    co_return Result<void>();
  }
  ++version_;
  co_return co_await store_.saveTargetStates(std::move(changed));
}

void TargetBook::setWhy(TargetEntry& entry, std::string why) {
  if (entry.target().why != why) {
    entry.target().why = std::move(why);
    ++version_;
  }
}

void TargetBook::dropRemoved() {
  std::erase_if(byId_, [](const auto& item) { return item.second->removed && !item.second->running; });
}

TargetEntry* TargetBook::find(const std::string& spec) {
  for (auto& [id, entry] : byId_) {
    if (entry->target().spec == spec && !entry->removed) {
      return entry.get();
    }
  }
  return nullptr;
}

std::vector<TargetEntry*> TargetBook::all() {
  std::vector<TargetEntry*> out;
  for (auto& [id, entry] : byId_) {
    if (!entry->removed) {
      out.push_back(entry.get());
    }
  }
  return out;
}

std::vector<TargetEntry*> TargetBook::due(WallTime now) {
  std::vector<TargetEntry*> out;
  for (auto& [id, entry] : byId_) {
    const bool rests = entry->target().state == model::TargetState::Failed;
    if (!entry->running && !entry->removed && !rests && entry->target().nextDueAt <= now) {
      out.push_back(entry.get());
    }
  }
  std::stable_sort(out.begin(), out.end(), [](TargetEntry* a, TargetEntry* b) {
    return a->target().nextDueAt < b->target().nextDueAt;
  });
  return out;
}

std::optional<WallTime> TargetBook::nextDue(WallTime now) const {
  std::optional<WallTime> next;
  for (const auto& [id, entry] : byId_) {
    const model::Target& target = entry->record.target;
    const bool waits = !entry->running && !entry->removed && target.state != model::TargetState::Failed;
    if (waits && target.nextDueAt > now) {
      next = std::min(next.value_or(target.nextDueAt), target.nextDueAt);
    }
  }
  return next;
}

}  // namespace mtpool::collect
