// SPDX-License-Identifier: Apache-2.0
// A boxed TL object kept as the bytes it was, for types without a generated struct. Written back verbatim.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"

namespace mtpool::tl {

struct Raw {
  Bytes bytes;  // constructor id and fields; empty writes nothing, which is only right for an absent inner
                // query

  /// Constructor id, 0 if there is none.
  std::uint32_t id() const { return bytes.size() < 4 ? 0 : loadLe32(bytes.data()); }
};

}  // namespace mtpool::tl
