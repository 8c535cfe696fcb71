// SPDX-License-Identifier: Apache-2.0
// collect --wait watches the engine's progress to the end of the history asked for. The work is the engine's:
// this may be interrupted, or the engine restarted, without harm to either.
#include <fmt/format.h>
#include <poll.h>

#include <optional>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/cli/json.h"
#include "engine/cli/progress_line.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The engine sends a heartbeat every 5 s: silence for this long is an engine in trouble.
constexpr seconds kSilence{15};
constexpr seconds kReconnectFor{30};
constexpr milliseconds kBetweenTries{250};
// The engine pursues a target for as long as somebody says that he waits for it, this often.
constexpr seconds kBetweenNudges{2};
constexpr seconds kBetweenLines{5};

MonoTime now() {
  return SystemClock().mono();
}

Result<v1::CollectReply> makeDue(ControlClient& engine, const std::string& target) {
  v1::Envelope request;
  request.mutable_collect()->set_target(target);
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  return answer.collect_reply();
}

Result<void> watchProgress(ControlClient& engine, const std::string& target) {
  v1::Subscribe wanted;
  wanted.set_topic(v1::TOPIC_PROGRESS);
  wanted.set_max_per_second(4);
  wanted.set_target(target);
  return engine.subscribe(wanted);
}

bool isLoss(const Error& error) {
  return error.code() == Errc::ConnectionLost || error.code() == Errc::Unreachable ||
         error.code() == Errc::Timeout;
}

class Watch {
 public:
  /// `target` as the engine spells it, empty for all.
  Watch(const Invocation& invocation, std::string target, ControlClient engine)
      : invocation_(invocation), target_(std::move(target)), engine_(std::move(engine)) {}

  Result<v1::Progress> run() {
    MTP_DO(watchProgress(engine_, target_));
    while (true) {
      auto item = engine_.nextItem(kBetweenNudges);
      if (item.ok()) {
        heardAt_ = now();
      } else if (!isLoss(item.error())) {
        endLine();
        return std::move(item).error();
      } else if (item.error().code() != Errc::Timeout || now() - heardAt_ > kSilence) {
        MTP_DO(reconnect(item.error()));
        continue;
      }
      if (item.ok() && item->has_progress()) {
        last_ = item->progress();
        show();
        if (last_.complete() + last_.failed() >= last_.targets()) {
          endLine();
          return last_;
        }
      }
      if (auto nudged = nudge(); !nudged.ok() && !isLoss(nudged.error())) {
        endLine();
        return std::move(nudged).error();
      }
    }
  }

 private:
  // A person sees every item; a log gets a line now and then, and when a target is done.
  void show() {
    if (invocation_.terminal.errors) {
      draw(progressBar(last_, terminalWidth()));
      drawn_ = true;
      return;
    }
    const bool news = last_.complete() + last_.failed() != doneSaid_;
    if (!saidAt_ || news || now() - *saidAt_ >= kBetweenLines) {
      say(progressWords(last_));
      saidAt_ = now();
      doneSaid_ = last_.complete() + last_.failed();
    }
  }

  void endLine() {
    if (drawn_) {
      draw("\n");
      drawn_ = false;
    }
  }

  // Says again that somebody waits: for what runs, so that it goes on after the limit of a run, and for what
  // is due later. What is complete, has failed or waits for Telegram is left alone.
  Result<void> nudge() {
    if (now() - nudgedAt_ < kBetweenNudges) {
      return {};
    }
    nudgedAt_ = now();
    v1::Envelope request;
    request.mutable_list_targets();
    MTP_TRY(const auto answer, engine_.ask(std::move(request)));
    const auto wall = SystemClock().wall().time_since_epoch().count();
    for (const auto& target : answer.targets_reply().targets()) {
      const bool wanted = target_.empty() || target.spec() == target_;
      const bool moves =
          target.state() == "running" || (target.state() == "due" && target.next_due_us() > wall);
      if (wanted && moves) {
        MTP_TRY(const auto ignored, makeDue(engine_, target.spec()));
        (void)ignored;
      }
    }
    return {};
  }

  Result<void> reconnect(const Error& why) {
    endLine();
    say(fmt::format("{}; trying again for {} s.", why.text(), kReconnectFor.count()));
    const auto deadline = now() + kReconnectFor;
    while (true) {
      auto engine = invocation_.engine();
      if (engine.ok()) {
        engine_ = std::move(*engine);
        heardAt_ = now();
        auto due = makeDue(engine_, target_);
        auto watched = due.ok() ? watchProgress(engine_, target_) : Result<void>(std::move(due).error());
        if (watched.ok() || !isLoss(watched.error())) {
          return watched;
        }
      } else if (!isLoss(engine.error())) {
        return std::move(engine).error();
      } else if (now() >= deadline) {
        return Error(Errc::ConnectionLost, engine.error().text());
      }
      ::poll(nullptr, 0, static_cast<int>(kBetweenTries.count()));
    }
  }

  const Invocation& invocation_;
  const std::string target_;
  ControlClient engine_;
  v1::Progress last_;
  std::optional<MonoTime> saidAt_;
  std::int64_t doneSaid_ = 0;
  MonoTime nudgedAt_ = now();
  MonoTime heardAt_ = now();
  bool drawn_ = false;
};

Table progressTable(const v1::Progress& p) {
  std::vector<Column> columns{Column("targets", Column::kRight), Column("complete", Column::kRight),
                              Column("failed", Column::kRight), Column("stored", Column::kRight),
                              Column("expected", Column::kRight)};
  Table table(std::move(columns));
  table.add(
      {count(p.targets()), count(p.complete()), count(p.failed()), count(p.stored()), count(p.expected())});
  return table;
}

}  // namespace

Outcome collect(const Invocation& invocation, const CollectOptions& options) {
  MTP_TRY(auto engine, invocation.engine());
  MTP_TRY(const auto due, makeDue(engine, options.target));
  const auto targets = due.targets();
  if (targets == 0) {
    return Error(Errc::NotFound, "there is nothing to collect; add a target with mtpoolctl target add @name");
  }
  if (!options.wait) {
    say(fmt::format("{} {} due now.", grouped(targets), targets == 1 ? "target is" : "targets are"));
    if (invocation.format == Format::Json) {
      print(toJson(due) + "\n");
    }
    return ExitCode::Ok;
  }
  MTP_TRY(const auto end, Watch(invocation, due.target(), std::move(engine)).run());
  invocation.show(end, progressTable(end));
  if (end.failed() == 0) {
    return ExitCode::Ok;
  }
  say(fmt::format("{} of {} targets failed; mtpoolctl target list says why.", end.failed(), end.targets()));
  return end.complete() > 0 ? ExitCode::PartlyDone : ExitCode::Failed;
}

}  // namespace mtpool::cli
