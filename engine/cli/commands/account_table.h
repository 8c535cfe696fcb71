// SPDX-License-Identifier: Apache-2.0
// Accounts as rows, the same in account list, show and add.
#pragma once

#include "engine/cli/table.h"

#include "mtpool/control/v1/accounts.pb.h"

namespace mtpool::cli {

Table accountTable();
void addAccountRow(const ::mtpool::control::v1::Account& account, Table& table);

}  // namespace mtpool::cli
