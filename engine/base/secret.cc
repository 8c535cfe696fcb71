// SPDX-License-Identifier: Apache-2.0
#include "engine/base/secret.h"

#include <cstring>

namespace mtpool {

void wipe(void* data, std::size_t size) {
  if (size > 0) {
    ::explicit_bzero(data, size);
  }
}

}  // namespace mtpool
