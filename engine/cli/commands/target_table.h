// SPDX-License-Identifier: Apache-2.0
// Targets as rows, the same in target add and list.
#pragma once

#include "engine/cli/table.h"

#include "mtpool/control/v1/targets.pb.h"

namespace mtpool::cli {

Table targetTable(const ::mtpool::control::v1::TargetsReply& reply);

}  // namespace mtpool::cli
