// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/session.h"

#include "mtpool/control/v1/sessions.pb.h"

namespace mtpool::control::codec {

void encode(const model::Session& from, v1::Session& to);

}  // namespace mtpool::control::codec
