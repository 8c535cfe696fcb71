// SPDX-License-Identifier: Apache-2.0
// What one subscription shows: the engine's present state as items, whole at first, then only what changed.
#pragma once

#include <memory>

#include "engine/admin/operations.h"
#include "engine/control/answer.h"

namespace mtpool::control {

class View {
 public:
  virtual ~View() = default;

  virtual admin::Topic topic() const = 0;
  /// The state now, as items without version and reset. Empty when the subscriber has it already, which it
  /// never has on the first call. An error ends the subscription.
  virtual Task<Result<Answer>> next(admin::Operations& operations) = 0;
};

/// Errc::InvalidArgument for a topic this version does not have.
Result<std::unique_ptr<View>> makeView(const v1::Subscribe& wanted);

}  // namespace mtpool::control
