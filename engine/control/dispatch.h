// SPDX-License-Identifier: Apache-2.0
// The one list of requests a peer can make: which role it needs and what it runs. Subscribe and Unsubscribe
// are not on it: they live as long as the peer, which serves them itself, to every role.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/admin/operations.h"
#include "engine/control/answer.h"

namespace mtpool::control {

struct Operation {
  v1::Envelope::BodyCase request;
  std::string_view does;  // completes "a viewer may not …": "change settings"
  admin::Role needs;
  /// `who` asks, for the records of what he changes: "uid 1000".
  Task<Result<Answer>> (*run)(admin::Operations& operations, v1::Envelope request, std::string who);
  bool (*when)(const v1::Envelope& request) = nullptr;  // only these; the others have a row of their own
};

std::span<const Operation> allOperations();

/// nullptr for a body that is no request, or of a later minor version.
const Operation* findOperation(const v1::Envelope& request);

/// Errc::Refused naming the role and its group.
Result<void> checkRole(const Operation& operation, admin::Role role);

}  // namespace mtpool::control
