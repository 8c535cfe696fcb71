// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/services/self.h"

namespace mtpool::sim {

tl::api::TypeUser selfUser(const World& world, const Account& account) {
  tl::api::User user;
  user.self = true;
  user.bot = account.bot;
  user.id = account.id;
  user.accessHash = world.accessHash(account.id, account.id);
  user.firstName = account.firstName;
  if (account.bot) {
    user.username = account.username;
    user.botInfoVersion = 1;
  } else {
    user.phone = account.phone;
    user.status = tl::api::TypeUserStatus(tl::api::UserStatusRecently{});
  }
  return user;
}

}  // namespace mtpool::sim
