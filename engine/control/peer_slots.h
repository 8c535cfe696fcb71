// SPDX-License-Identifier: Apache-2.0
// Whose connections are served at a time: so many in all, so many of one user, and some only for admins, so
// that nobody with a lesser role can lock out who could put things right. Counts only.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>

#include "engine/admin/operations.h"

namespace mtpool::control {

class PeerSlots {
 public:
  static constexpr std::size_t kMax = 16;
  static constexpr std::size_t kMaxPerUser = 8;
  static constexpr std::size_t kOnlyAdmins = 4;  // of kMax

  /// Errc::Busy, naming the bound that was hit.
  Result<void> take(uid_t user, admin::Role role);
  /// What take() gave.
  void free(uid_t user);

 private:
  std::map<uid_t, std::size_t> ofUser_;
  std::size_t taken_ = 0;
};

}  // namespace mtpool::control
