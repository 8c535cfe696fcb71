// SPDX-License-Identifier: Apache-2.0
// users.*: oneself and the people of the world.
#include "engine/sim/services/router.h"
#include "engine/sim/services/self.h"
#include "engine/sim/wire/peers.h"
#include "tl/api/full_info.h"
#include "tl/api/user_methods.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

/// Nothing where there is no such user, or the access hash is another viewer's.
std::optional<api::TypeUser> find(Request& request, const api::TypeInputUser& input) {
  const World& world = request.scene.world;
  if (input.as<api::InputUserSelf>() != nullptr) {
    return selfUser(world, *request.account());
  }
  const auto* user = input.as<api::InputUser>();
  if (user == nullptr) {
    return std::nullopt;
  }
  if (user->userId == request.viewer()) {
    return selfUser(world, *request.account());
  }
  const bool person = user->userId >= kFirstPersonId && user->userId < kFirstPersonId + kPeople;
  const bool helper = user->userId >= kFirstHelperBotId && user->userId < kFirstHelperBotId + kHelperBots;
  if ((!person && !helper) || user->accessHash != world.accessHash(request.viewer(), user->userId)) {
    return std::nullopt;
  }
  return userOf(world, user->userId, request.viewer());
}

Answer getUsers(Request& request, const api::users::GetUsers& call) {
  std::vector<api::TypeUser> users;
  for (const api::TypeInputUser& input : call.id) {
    if (auto user = find(request, input)) {
      users.push_back(std::move(*user));
    }
  }
  return answerWith(users);
}

Answer getFullUser(Request& request, const api::users::GetFullUser& call) {
  auto user = find(request, call.id);
  if (!user) {
    return refuse(400, "USER_ID_INVALID");
  }
  api::users::UserFull full;
  full.fullUser.id = user->as<api::User>()->id;
  full.users.push_back(std::move(*user));
  return answerWith(full);
}

}  // namespace

void addUsers(Router& router) {
  router.on<api::users::GetUsers>(Access::Probe, getUsers);
  router.on<api::users::GetFullUser>(Access::Login, getFullUser);
}

}  // namespace mtpool::sim
