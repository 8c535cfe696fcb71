// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/account_table.h"

#include "engine/base/clock.h"
#include "engine/cli/words.h"

namespace mtpool::cli {

Table accountTable() {
  std::vector<Column> columns{
      Column("account"),
      Column("kind"),
      Column("state"),
      Column("user", Column::kRight),
      Column("dc", Column::kRight),
      Column("phone"),
      Column("username"),
      Column("connected"),
      Column("waits"),
      Column("telegram id", Column::kRight | Column::kWide),
      Column("added", Column::kWide),
      Column("last used", Column::kWide),
      Column("why"),
  };
  return Table(std::move(columns));
}

void addAccountRow(const ::mtpool::control::v1::Account& account, Table& table) {
  const auto now = SystemClock().wall().time_since_epoch().count();
  table.add({Cell(account.alias()), Cell(account.kind()), Cell(account.state()),
             Cell(std::to_string(account.user_id())), Cell(std::to_string(account.dc())),
             Cell(account.phone_masked()), Cell(account.username()), Cell(account.connected() ? "yes" : "no"),
             untilTime(account.wait_until_us(), now), Cell(std::to_string(account.telegram_id())),
             atTime(account.added_at_us()), atTime(account.last_used_at_us()), Cell(account.why())});
}

}  // namespace mtpool::cli
