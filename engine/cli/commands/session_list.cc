// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/commands.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

Outcome listSessions(const Invocation& invocation) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_list_sessions();
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  std::vector<Column> columns{
      Column("session", Column::kRight),
      Column("user", Column::kRight),
      Column("account"),
      Column("state"),
      Column("dc", Column::kRight),
      Column("started"),
      Column("channels", Column::kRight),
      Column("messages", Column::kRight),
      Column("per second", Column::kRight),
      Column("errors", Column::kRight),
      Column("target"),
      Column("why"),
  };
  Table table(std::move(columns));
  for (const auto& s : answer.sessions_reply().sessions()) {
    table.add({Cell(std::to_string(s.id())), Cell(std::to_string(s.user_id())), Cell(s.account()),
               Cell(s.state()), Cell(std::to_string(s.dc())), atTime(s.started_at_us()), count(s.channels()),
               count(s.messages()), rate(s.messages_per_second()), count(s.errors()), Cell(s.target()),
               Cell(s.why())});
  }
  invocation.show(answer.sessions_reply(), table);
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
