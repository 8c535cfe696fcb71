// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/ingest.h"

#include <fmt/format.h>

#include "bench/runner/process_usage.h"
#include "bench/runner/rehearsal.h"

namespace mtpool::bench {

namespace {

using std::chrono::milliseconds;

// Often enough that the ends are sharp; one look costs the engine some 50 µs.
constexpr milliseconds kLook{20};
constexpr std::chrono::minutes kStandstill{5};
constexpr double kMebi = 1024.0 * 1024.0;

/// Of receive, decrypt, inflate, parse and the upsert into a rowid table, measured one by one on a 2-vCPU
/// Xeon with AES-NI; goals are what performance work is held to.
struct Profile {
  double goal;
  double roofline;
};

constexpr Profile kChat{4.9, 4.12};
constexpr Profile kChannel{8.5, 7.54};

/// One look at the engine.
struct Mark {
  std::int64_t stored = 0;
  MonoTime at{};
  double cpuMicros = 0;
  double simulatorMicros = 0;
  double residentBytes = 0;
};

struct Run {
  Mark first;  // the first page is stored
  Mark half;   // half of all is
  Mark last;   // all is
  double peakBytes = 0;
};

Mark look(const Rehearsal& rehearsal, std::int64_t stored) {
  Mark mark;
  mark.stored = stored;
  mark.at = SystemClock().mono();
  mark.cpuMicros = static_cast<double>(cpuTime(rehearsal.enginePid()).count());
  mark.simulatorMicros = static_cast<double>(cpuTime(rehearsal.simulatorPid()).count());
  mark.residentBytes = static_cast<double>(residentBytes(rehearsal.enginePid()));
  return mark;
}

Result<Run> watch(Rehearsal& rehearsal, const Options& options) {
  const std::int64_t total = options.messages * options.channels;
  Run run;
  std::int64_t before = 0;
  MonoTime moved = SystemClock().mono();
  while (true) {
    MTP_TRY(const Rehearsal::Progress progress, rehearsal.progress());
    if (progress.stored != before) {
      moved = SystemClock().mono();
      before = progress.stored;
    }
    if (progress.stored > 0 && run.first.stored == 0) {
      run.first = look(rehearsal, progress.stored);
    }
    if (progress.stored >= total / 2 && run.half.stored == 0) {
      run.half = look(rehearsal, progress.stored);
    }
    if (progress.complete == options.channels) {
      run.last = look(rehearsal, progress.stored);
      run.peakBytes = static_cast<double>(peakResidentBytes(rehearsal.enginePid()));
      break;
    }
    if (SystemClock().mono() - moved > kStandstill) {
      return Error(Errc::Timeout, fmt::format("the collection stands still at {} of {}", before, total));
    }
    restShortly(kLook);
  }
  if (run.last.stored != total) {
    return Error(Errc::Internal, fmt::format("{} of {} messages were stored", run.last.stored, total));
  }
  if (run.first.stored >= total / 2) {
    return Error(Errc::InvalidArgument, "it was over too soon to be measured; ask for more --messages");
  }
  return run;
}

Result<Run> runOnce(const Options& options) {
  MTP_TRY(auto rehearsal, Rehearsal::open(options));
  MTP_TRY(const auto ready, rehearsal->startEngine());
  (void)ready;
  MTP_DO(rehearsal->prepare(options.accounts, options.channels));
  MTP_DO(rehearsal->release());
  MTP_TRY(Run run, watch(*rehearsal, options));
  MTP_DO(rehearsal->close());
  return run;
}

double perMessage(const Mark& from, const Mark& to, double Mark::*what) {
  return (to.*what - from.*what) / static_cast<double>(to.stored - from.stored);
}

}  // namespace

Result<Figures> measureIngest(const Options& options) {
  const Profile& profile = options.profile == "chat" ? kChat : kChannel;
  Figure cpu("engine CPU", "us/message");
  cpu.goal = profile.goal;
  cpu.roofline = profile.roofline;
  Figure rate("rate", "messages/s");
  rate.lessIsBetter = false;
  Figure simulator("simulator CPU", "us/message");
  Figure peak("engine peak RSS", "MiB");
  Figure slope("RSS growth, second half", "B/message");
  for (std::int64_t number = 0; number < options.runs; ++number) {
    MTP_TRY(const Run run, runOnce(options));
    cpu.values.push_back(perMessage(run.first, run.last, &Mark::cpuMicros));
    const double seconds = std::chrono::duration<double>(run.last.at - run.first.at).count();
    rate.values.push_back(static_cast<double>(run.last.stored - run.first.stored) / seconds);
    simulator.values.push_back(perMessage(run.first, run.last, &Mark::simulatorMicros));
    peak.values.push_back(run.peakBytes / kMebi);
    slope.values.push_back(perMessage(run.half, run.last, &Mark::residentBytes));
  }
  Figures out;
  out.benchmark = "ingest " + options.profile;
  out.setup = fmt::format(
      "{} channels of {} messages with {} accounts into SQLite, {} runs; the rates and the cap of users are "
      "open wide, waits do not occur",
      options.channels, options.messages, options.accounts, options.runs);
  out.seed = options.seed;
  out.list = {std::move(cpu), std::move(rate), std::move(peak), std::move(slope), std::move(simulator)};
  return out;
}

}  // namespace mtpool::bench
