// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/config/setting.h"

namespace mtpool::config {

std::string_view name(Type type) {
  static constexpr std::array<std::string_view, 10> kNames{"int",    "double", "bool", "duration", "text",
                                                           "choice", "path",   "url",  "secret",   "list"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string_view name(Origin origin) {
  static constexpr std::array<std::string_view, 3> kNames{"default", "file", "environment"};
  return kNames.at(static_cast<std::size_t>(origin));
}

}  // namespace mtpool::config
