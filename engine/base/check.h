// SPDX-License-Identifier: Apache-2.0
// MTP_CHECK: for what cannot happen. A broken invariant ends the process with one line; the state on disk is
// transactional, so stopping is always safe and going on never is. Expected failures are Result, not checks.
#pragma once

namespace mtpool {

[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

}  // namespace mtpool

#define MTP_CHECK(condition)                                 \
  do {                                                       \
    if (!(condition)) [[unlikely]] {                         \
      ::mtpool::checkFailed(#condition, __FILE__, __LINE__); \
    }                                                        \
  } while (false)

#ifdef NDEBUG
#define MTP_DCHECK(condition) \
  do {                        \
  } while (false)
#else
#define MTP_DCHECK(condition) MTP_CHECK(condition)
#endif
