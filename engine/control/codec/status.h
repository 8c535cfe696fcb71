// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/status.h"

#include "mtpool/control/v1/collection.pb.h"
#include "mtpool/control/v1/status.pb.h"
#include "mtpool/control/v1/subscriptions.pb.h"

namespace mtpool::control::codec {

void encode(const model::EngineStatus& from, v1::StatusReply& to);
void encode(const model::StatusPoint& from, v1::StatusPoint& to);
void encode(const model::Progress& from, v1::Progress& to);

}  // namespace mtpool::control::codec
