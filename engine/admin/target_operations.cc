// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/admin/engine_operations.h"
#include "engine/base/text.h"
#include "engine/collect/resolver.h"

namespace mtpool::admin {

namespace {

constexpr std::size_t kMaxSpecs = 10000;
// Who waits for a target says so again every two seconds.
constexpr std::chrono::seconds kPursue{5};

std::int64_t expectedOf(const collect::TargetEntry& entry) {
  const std::int64_t count = entry.record.cursor.expected;
  const auto newest = entry.record.target.history.newest;
  return newest && (count == 0 || *newest < count) ? *newest : count;
}

Result<std::vector<model::Target>> parseTargets(const TargetRequest& request) {
  if (request.specs.empty() || request.specs.size() > kMaxSpecs) {
    return Error(Errc::InvalidArgument, fmt::format("name 1 to {} targets", kMaxSpecs));
  }
  model::Target proto;
  const auto depth = model::HistoryDepth::parse(request.history.empty() ? "all" : request.history);
  if (!depth) {
    return Error(Errc::InvalidArgument, fmt::format("--history must be all or a number, not \"{}\"",
                                                    printable(request.history, 80)));
  }
  proto.history = *depth;
  if (request.interval.count() != 0 && (request.interval.count() < 60 || request.interval.count() > 86400)) {
    return Error(Errc::InvalidArgument, "--interval must be 60 s to 24 h");
  }
  proto.interval = request.interval;
  proto.user = model::UserId(request.userId);
  std::vector<model::Target> out;
  for (const std::string& spec : request.specs) {
    MTP_TRY(proto.spec, collect::canonicalSpec(spec));
    out.push_back(proto);
  }
  return out;
}

}  // namespace

TargetView EngineOperations::viewOf(collect::TargetEntry& entry) const {
  TargetView view;
  view.target = entry.target();
  view.title = entry.record.title;
  view.stored = entry.record.cursor.stored;
  view.expected = expectedOf(entry);
  view.lastMessageDate = entry.record.lastMessageDate;
  return view;
}

Task<Result<std::vector<TargetView>>> EngineOperations::addTargets(TargetRequest request) {
  MTP_CO_TRY(std::vector<model::Target> targets, parseTargets(request));
  for (model::Target& target : targets) {
    target.nextDueAt = parts_.clock.wall();
  }
  MTP_CO_TRY(const std::vector<collect::TargetEntry*> added, co_await parts_.targets.add(std::move(targets)));
  std::vector<TargetView> out;
  for (collect::TargetEntry* entry : added) {
    out.push_back(viewOf(*entry));
  }
  parts_.scheduler.wake();
  co_return out;
}

Task<Result<std::vector<TargetView>>> EngineOperations::targets() {
  std::vector<TargetView> out;
  for (collect::TargetEntry* entry : parts_.targets.all()) {
    out.push_back(viewOf(*entry));
  }
  co_return out;
}

Result<std::vector<collect::TargetEntry*>> EngineOperations::pick(const std::string& spec) {
  if (spec.empty()) {
    return parts_.targets.all();
  }
  MTP_TRY(const std::string canonical, collect::canonicalSpec(spec));
  collect::TargetEntry* entry = parts_.targets.find(canonical);
  if (entry == nullptr) {
    return Error(Errc::NotFound, fmt::format("{} is not a target; see: mtpoolctl target list", canonical));
  }
  return std::vector<collect::TargetEntry*>{entry};
}

Task<Result<void>> EngineOperations::removeTarget(std::string spec, bool purge) {
  if (spec.empty()) {
    co_return Error(Errc::InvalidArgument, "name the target to remove");
  }
  MTP_CO_TRY(const std::vector<collect::TargetEntry*> picked, pick(spec));
  co_return co_await parts_.targets.remove(*picked.front(), purge);
}

Task<Result<Due>> EngineOperations::collect(std::string spec) {
  MTP_CO_TRY(const std::vector<collect::TargetEntry*> picked, pick(spec));
  for (collect::TargetEntry* entry : picked) {
    entry->pursueUntil = parts_.clock.wall() + kPursue;
  }
  MTP_CO_DO(co_await parts_.targets.makeDue(picked, parts_.clock.wall()));
  parts_.scheduler.wake();
  Due due;
  due.targets = static_cast<std::int64_t>(picked.size());
  due.spec = spec.empty() ? std::string() : picked.front()->target().spec;
  co_return due;
}

Task<Result<model::Progress>> EngineOperations::progress(std::string spec) {
  MTP_CO_TRY(const std::vector<collect::TargetEntry*> picked, pick(spec));
  model::Progress out;
  bool allKnown = true;
  bool moving = false;
  for (collect::TargetEntry* entry : picked) {
    ++out.targets;
    const model::TargetState state = entry->target().state;
    out.complete += state == model::TargetState::Complete ? 1 : 0;
    out.failed += state == model::TargetState::Failed ? 1 : 0;
    out.stored += entry->record.cursor.stored;
    out.expected += expectedOf(*entry);
    allKnown = allKnown && (expectedOf(*entry) > 0 || state == model::TargetState::Failed);
    moving = moving || entry->running;
    if (!entry->running && out.why.empty() && !entry->target().why.empty()) {
      const model::Target& target = entry->target();
      const bool named = target.why.find(target.spec) != std::string::npos;
      out.why = named ? target.why : fmt::format("{}: {}", target.spec, target.why);
    }
  }
  if (moving) {
    out.why.clear();
    for (const model::Session& session : parts_.pool.sessions()) {
      if (out.why.empty() && !session.why.empty() && session.messagesPerSecond <= 0) {
        out.why = fmt::format("{}: {}", session.account, session.why);
      }
    }
  }
  out.expected = allKnown ? out.expected : 0;
  out.messagesPerSecond = sampler_.messagesPerSecond();
  if (out.expected > out.stored && out.messagesPerSecond > 0) {
    out.etaSeconds = static_cast<std::int64_t>(
        std::ceil(static_cast<double>(out.expected - out.stored) / out.messagesPerSecond));
  }
  co_return out;
}

}  // namespace mtpool::admin
