// SPDX-License-Identifier: Apache-2.0
#include "engine/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace mtpool {

void checkFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "mtpool: broken invariant: %s (%s:%d); stopping, nothing committed is lost\n",
               condition, file, line);
  std::abort();
}

}  // namespace mtpool
