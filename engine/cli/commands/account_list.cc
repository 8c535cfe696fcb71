// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/commands/account_table.h"
#include "engine/cli/commands/commands.h"

namespace mtpool::cli {

Outcome listAccounts(const Invocation& invocation) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_list_accounts();
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  Table table = accountTable();
  for (const auto& account : answer.accounts_reply().accounts()) {
    addAccountRow(account, table);
  }
  invocation.show(answer.accounts_reply(), table);
  if (table.rows() == 0) {
    say("No account yet: mtpoolctl account add NAME --phone +…");
  }
  return ExitCode::Ok;
}

Outcome showAccount(const Invocation& invocation, const std::string& alias) {
  MTP_TRY(auto engine, invocation.engine());
  v1::Envelope request;
  request.mutable_get_account()->set_alias(alias);
  MTP_TRY(const auto answer, engine.ask(std::move(request)));
  Table table = accountTable();
  addAccountRow(answer.account_reply().account(), table);
  invocation.show(answer.account_reply().account(), table);
  return ExitCode::Ok;
}

}  // namespace mtpool::cli
