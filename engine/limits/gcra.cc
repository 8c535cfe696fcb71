// SPDX-License-Identifier: Apache-2.0
#include "engine/limits/gcra.h"

#include <algorithm>

#include "engine/base/check.h"

namespace mtpool::limits {

void Gcra::configure(double perSecond, double burst) {
  MTP_CHECK(perSecond > 0 && burst >= 1);
  perSecond_ = perSecond;
  interval_ = std::chrono::duration_cast<Span>(std::chrono::duration<double>(1.0 / perSecond));
  tolerance_ = std::chrono::duration_cast<Span>(std::chrono::duration<double>((burst - 1) / perSecond));
}

MonoTime Gcra::earliestAt(MonoTime now) const {
  return std::max(now, theoretical_ - tolerance_);
}

MonoTime Gcra::takeAt(MonoTime now) {
  const MonoTime at = earliestAt(now);
  theoretical_ = std::max(theoretical_, now) + interval_;
  return at;
}

}  // namespace mtpool::limits
