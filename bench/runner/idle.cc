// SPDX-License-Identifier: Apache-2.0
#include "bench/runner/idle.h"

#include <fmt/format.h>

#include "bench/runner/process_usage.h"
#include "bench/runner/rehearsal.h"

namespace mtpool::bench {

namespace {

using std::chrono::milliseconds;

constexpr double kMebi = 1024.0 * 1024.0;
constexpr double kGoalMebibytes = 25;
constexpr double kGoalReadyMs = 300;
constexpr double kGoalCpuPercent = 0.2;
// What a start leaves to do is over after this.
constexpr milliseconds kSettle{2000};

struct Run {
  double readyMs = 0;
  double residentMebibytes = 0;
  double cpuPercent = 0;
};

Result<Run> runOnce(const Options& options) {
  MTP_TRY(auto rehearsal, Rehearsal::open(options));
  MTP_TRY(const auto ready, rehearsal->startEngine());
  restShortly(kSettle);
  Run run;
  run.readyMs = static_cast<double>(ready.count()) / 1000;
  const SystemClock clock;
  const MonoTime from = clock.mono();
  const auto before = cpuTimeOfThreads(rehearsal->enginePid());
  restShortly(milliseconds(options.seconds * 1000));
  const auto burnt = std::chrono::duration<double>(cpuTimeOfThreads(rehearsal->enginePid()) - before);
  run.cpuPercent = 100 * burnt.count() / std::chrono::duration<double>(clock.mono() - from).count();
  run.residentMebibytes = static_cast<double>(residentBytes(rehearsal->enginePid())) / kMebi;
  MTP_DO(rehearsal->close());
  return run;
}

}  // namespace

Result<Figures> measureIdle(const Options& options) {
  Options small = options;
  small.channels = 1;
  small.messages = 1000;
  Figure ready("ready after", "ms");
  ready.goal = kGoalReadyMs;
  Figure resident("RSS at rest", "MiB");
  resident.goal = kGoalMebibytes;
  Figure cpu("CPU at rest", "%");
  cpu.goal = kGoalCpuPercent;
  for (std::int64_t number = 0; number < options.runs; ++number) {
    MTP_TRY(const Run run, runOnce(small));
    ready.values.push_back(run.readyMs);
    resident.values.push_back(run.residentMebibytes);
    cpu.values.push_back(run.cpuPercent);
  }
  Figures out;
  out.benchmark = "idle";
  out.setup = fmt::format(
      "a fresh state, no account, no target, health port off, one client on the socket; {} runs of {} s; "
      "ready "
      "= a client was welcomed on the socket",
      options.runs, options.seconds);
  out.seed = options.seed;
  out.list = {std::move(ready), std::move(resident), std::move(cpu)};
  return out;
}

}  // namespace mtpool::bench
