// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

namespace {

std::chrono::seconds upTime(const v1::StatusReply& status) {
  return std::chrono::seconds((status.taken_at_us() - status.started_at_us()) / 1'000'000);
}

std::string conditionWord(const v1::Condition& condition) {
  return condition.ok() ? "ok" : fmt::format("NOT OK: {}", condition.text());
}

// Nothing measured is zero bytes, and no machine has none.
std::string bytesOrUnknown(std::uint64_t bytes) {
  return bytes == 0 ? "unknown" : humanBytes(bytes);
}

std::string memoryWords(const v1::MemoryStatus& memory) {
  const std::string engine = bytesOrUnknown(memory.engine_rss_bytes());
  return memory.machine_total_bytes() == 0
             ? fmt::format("{} engine, unknown free", engine)
             : fmt::format("{} engine, {} of {} free", engine, humanBytes(memory.machine_available_bytes()),
                           humanBytes(memory.machine_total_bytes()));
}

// One fact a line: what a person scans and a script greps.
Table factsOf(const v1::StatusReply& s, const v1::Welcome& engine) {
  std::vector<Column> columns{Column("what"), Column("value")};
  Table table(std::move(columns));
  const auto add = [&](std::string what, Cell value) {
    table.add({Cell(std::move(what)), std::move(value)});
  };
  const auto& runs = s.runs();
  add("engine", fmt::format("{}, mtpool {}, pid {}", engine.engine_name(), s.engine_version(), engine.pid()));
  add("up", Cell(humanDuration(upTime(s)), std::to_string(upTime(s).count())));
  add("users", fmt::format("{} of {} collecting, {} waiting{}{}", s.active_users(), s.max_concurrent_users(),
                           s.waiting_users(), s.waiting_why().empty() ? "" : ": ", s.waiting_why()));
  add("sessions", count(s.active_sessions()));
  add("accounts", fmt::format("{} ready of {}, {} connected", s.accounts_ready(), s.accounts_total(),
                              s.accounts_connected()));
  add("targets", fmt::format("{} complete of {}", s.targets_complete(), s.targets_total()));
  add("messages", fmt::format("{} stored since start, {}/s", grouped(s.messages_stored_total()),
                              rate(s.messages_per_second()).human));
  add("requests", fmt::format("{}, {} errors", grouped(s.requests_total()), grouped(s.errors_total())));
  add("memory", memoryWords(s.memory()));
  add("runs", fmt::format("{}, {} in the last 24 h, {} errors", grouped(runs.total_sessions()),
                          grouped(runs.recent_sessions()), grouped(runs.total_errors())));
  add("store", s.database());
  add("state directory", s.state_dir());
  add("configuration file", s.config_file());
  for (const auto& condition : s.conditions()) {
    add(condition.name(), conditionWord(condition));
  }
  return table;
}

}  // namespace

Outcome showStatus(const Invocation& invocation) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_get_status();
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  invocation.show(answer.status_reply(), factsOf(answer.status_reply(), engine.welcome()));
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
