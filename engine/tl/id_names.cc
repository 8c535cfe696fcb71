// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/id_names.h"

#include <algorithm>

namespace mtpool::tl {

std::string_view nameOf(std::span<const IdName> names, std::uint32_t id) {
  const auto found =
      std::lower_bound(names.begin(), names.end(), id,
                       [](const IdName& entry, std::uint32_t wanted) { return entry.id < wanted; });
  return found == names.end() || found->id != id ? std::string_view{} : found->name;
}

}  // namespace mtpool::tl
