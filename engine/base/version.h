// SPDX-License-Identifier: Apache-2.0
// The version of the whole product, the same in every program; CMakeLists.txt has it too and a test compares
// them.
#pragma once

#include <string_view>

namespace mtpool {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace mtpool
