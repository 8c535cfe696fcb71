// SPDX-License-Identifier: Apache-2.0
// A change of settings: what is asked, and what came of it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mtpool::config {

struct ChangeRequest {
  std::vector<std::pair<std::string, std::string>> changes;  // key, value
  bool dryRun = false;
  std::string who;  // asks, for the history
  std::string comment;
  std::int64_t expectedVersion = 0;  // 0 = do not check

  ChangeRequest() = default;
};

/// For logs, histories and clients: no value holds a secret or the password of a URL.
struct AppliedChange {
  std::string key;
  std::string before;
  std::string after;
  bool live = true;
};

struct ChangeOutcome {
  std::vector<AppliedChange> applied;
  std::vector<std::string> restartRequired;
  std::vector<std::string> warnings;
  std::int64_t version = 0;
};

}  // namespace mtpool::config
