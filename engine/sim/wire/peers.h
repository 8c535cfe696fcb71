// SPDX-License-Identifier: Apache-2.0
// Channels and people as TL, as one account sees them: each viewer has its own access hashes.
#pragma once

#include <set>

#include "engine/sim/world/world.h"
#include "tl/api/chat.h"
#include "tl/api/user.h"

namespace mtpool::sim {

/// Where a channel's comments live. Not in the world: nobody may read it.
std::int64_t linkedGroupId(const Channel& channel);

tl::api::TypeChat chatOf(const World& world, const Channel& channel, std::int64_t viewer);
tl::api::TypeUser userOf(const World& world, std::int64_t person, std::int64_t viewer);

/// The chats and users that a set of posts mentions: a client refuses a page that leaves one out.
class Mentioned {
 public:
  void add(const Channel& channel, const Post& post);

  std::vector<tl::api::TypeChat> chats(const World& world, std::int64_t viewer) const;
  std::vector<tl::api::TypeUser> users(const World& world, std::int64_t viewer) const;

 private:
  std::set<const Channel*> channels_;
  std::set<std::int64_t> strangers_;  // channels outside the world
  std::set<std::int64_t> people_;
};

}  // namespace mtpool::sim
