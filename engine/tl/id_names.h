// SPDX-License-Identifier: Apache-2.0
// Lookup in the generated tables of names, which are sorted by id.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace mtpool::tl {

struct IdName {
  std::uint32_t id;
  const char* name;
};

/// Empty if the id is not there.
std::string_view nameOf(std::span<const IdName> names, std::uint32_t id);

}  // namespace mtpool::tl
