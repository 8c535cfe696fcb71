// SPDX-License-Identifier: Apache-2.0
// An account as it sees itself.
#pragma once

#include "engine/sim/accounts.h"
#include "engine/sim/world/world.h"
#include "tl/api/user.h"

namespace mtpool::sim {

tl::api::TypeUser selfUser(const World& world, const Account& account);

}  // namespace mtpool::sim
