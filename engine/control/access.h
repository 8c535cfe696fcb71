// SPDX-License-Identifier: Apache-2.0
// Who may do what on the control socket, decided once when a peer connects, from what the kernel says of it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string_view>

#include "engine/admin/operations.h"
#include "engine/net/unix_socket.h"

namespace mtpool::control {

/// The engine's own user, root and group mtpool-admin: admin. Group mtpool-operator: operator. Group mtpool:
/// viewer. The highest that fits counts; a group this machine does not have fits nobody.
struct AccessRules {
  uid_t self = 0;
  std::optional<gid_t> admins;
  std::optional<gid_t> operators;
  std::optional<gid_t> viewers;

  /// From this process and this machine's group list, as it is now.
  static AccessRules ofThisMachine();

  /// Errc::Refused naming the groups that would open the door.
  Result<admin::Role> roleOf(const net::PeerCredentials& peer) const;
};

std::string_view name(admin::Role role);  // viewer, operator, admin

}  // namespace mtpool::control
