// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/target_table.h"

#include "engine/base/clock.h"
#include "engine/base/text.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

namespace {

std::string idOrNothing(std::int64_t id) {
  return id == 0 ? "" : std::to_string(id);
}

Cell seconds(std::int64_t s) {
  return s == 0 ? Cell("") : Cell(humanDuration(std::chrono::seconds(s)), std::to_string(s));
}

}  // namespace

Table targetTable(const ::mtpool::control::v1::TargetsReply& reply) {
  std::vector<Column> columns{
      Column("target"),
      Column("state"),
      Column("stored", Column::kRight),
      Column("expected", Column::kRight),
      Column("history", Column::kRight),
      Column("interval", Column::kRight),
      Column("next due"),
      Column("title"),
      Column("id", Column::kRight | Column::kWide),
      Column("chat id", Column::kRight | Column::kWide),
      Column("user", Column::kRight | Column::kWide),
      Column("last run", Column::kWide),
      Column("last message", Column::kWide),
      Column("why"),
  };
  Table table(std::move(columns));
  const auto now = SystemClock().wall().time_since_epoch().count();
  for (const auto& target : reply.targets()) {
    table.add({Cell(target.spec()), Cell(target.state()), count(target.stored()),
               target.expected() == 0 ? Cell("") : count(target.expected()), Cell(target.history()),
               seconds(target.interval_s()), untilTime(target.next_due_us(), now), Cell(target.title()),
               Cell(std::to_string(target.id())), Cell(idOrNothing(target.chat_id())),
               Cell(idOrNothing(target.user_id())), atTime(target.last_run_us()),
               atTime(target.last_message_date() * 1'000'000), Cell(target.why())});
  }
  return table;
}

}  // namespace mtpool::cli
