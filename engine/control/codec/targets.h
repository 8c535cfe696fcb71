// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/admin/operations.h"

#include "mtpool/control/v1/targets.pb.h"

namespace mtpool::control::codec {

void encode(const admin::TargetView& from, v1::Target& to);
admin::TargetRequest decode(const v1::AddTargets& from);

}  // namespace mtpool::control::codec
