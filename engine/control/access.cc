// SPDX-License-Identifier: Apache-2.0
#include "engine/control/access.h"

#include <fmt/format.h>
#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace mtpool::control {

namespace {

std::optional<gid_t> findGroup(const char* groupName) {
  constexpr std::size_t kLargest = 1024 * 1024;
  for (std::size_t size = 4096; size <= kLargest; size *= 4) {
    std::vector<char> room(size);
    group entry{};
    group* found = nullptr;
    const int status = ::getgrnam_r(groupName, &entry, room.data(), room.size(), &found);
    if (status != ERANGE) {
      return found != nullptr ? std::optional(found->gr_gid) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool isIn(const net::PeerCredentials& peer, std::optional<gid_t> wanted) {
  return wanted && (peer.gid == *wanted || std::ranges::find(peer.groups, *wanted) != peer.groups.end());
}

}  // namespace

AccessRules AccessRules::ofThisMachine() {
  return {::geteuid(), findGroup("mtpool-admin"), findGroup("mtpool-operator"), findGroup("mtpool")};
}

Result<admin::Role> AccessRules::roleOf(const net::PeerCredentials& peer) const {
  if (peer.uid == self || peer.uid == 0 || isIn(peer, admins)) {
    return admin::Role::Admin;
  }
  if (isIn(peer, operators)) {
    return admin::Role::Operator;
  }
  if (isIn(peer, viewers)) {
    return admin::Role::Viewer;
  }
  return Error(
      Errc::Refused,
      fmt::format("user {} may not talk to this engine; ask an administrator to add it to the group mtpool "
                  "(read), mtpool-operator or mtpool-admin, and log in again",
                  peer.uid));
}

std::string_view name(admin::Role role) {
  static constexpr std::array<std::string_view, 3> kNames{"viewer", "operator", "admin"};
  return kNames.at(static_cast<std::size_t>(role));
}

}  // namespace mtpool::control
