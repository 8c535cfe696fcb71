// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/error.h"

#include "mtpool/control/v1/hello.pb.h"

namespace mtpool::control::codec {

void encode(const Error& from, v1::Failure& to);

}  // namespace mtpool::control::codec
