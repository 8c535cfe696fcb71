// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/wire/peers.h"

#include <fmt/format.h>

#include "engine/sim/world/dice.h"

namespace mtpool::sim {

namespace {

namespace api = tl::api;

constexpr std::int64_t kFirstLinkedGroup = 2'200'000'000;

/// A channel that is only the origin of a forward or the place of comments.
api::TypeChat strangerOf(const World& world, std::int64_t id, std::int64_t viewer) {
  api::Channel chat;
  chat.left = true;
  chat.broadcast = id < kFirstLinkedGroup;
  chat.megagroup = !chat.broadcast;
  chat.min = true;
  chat.id = id;
  chat.accessHash = world.accessHash(viewer, id);
  chat.title = fmt::format("Канал {}", id % 100'000);
  chat.photo = api::ChatPhotoEmpty{};
  chat.date = 1'600'000'000;
  return chat;
}

}  // namespace

std::int64_t linkedGroupId(const Channel& channel) {
  return kFirstLinkedGroup + channel.facts().number;
}

tl::api::TypeChat chatOf(const World& world, const Channel& channel, std::int64_t viewer) {
  const Channel::Facts& facts = channel.facts();
  Dice dice(mix(facts.seed, 6));
  api::Channel chat;
  chat.left = true;
  chat.broadcast = !facts.megagroup;
  chat.megagroup = facts.megagroup;
  chat.signatures = !facts.megagroup;
  chat.hasLink = !facts.megagroup;
  chat.id = facts.id;
  chat.accessHash = world.accessHash(viewer, facts.id);
  chat.title = facts.title;
  chat.username = facts.username;
  api::ChatPhoto photo;
  photo.photoId = dice.positive64();
  photo.dcId = 2;
  chat.photo = std::move(photo);
  chat.date = facts.createdAt;
  chat.participantsCount = facts.members;
  if (facts.megagroup) {
    chat.defaultBannedRights = api::ChatBannedRights{};
  }
  return chat;
}

tl::api::TypeUser userOf(const World& world, std::int64_t id, std::int64_t viewer) {
  const Person person = world.person(id);
  api::User user;
  user.id = id;
  user.accessHash = world.accessHash(viewer, id);
  user.firstName = person.firstName;
  if (!person.lastName.empty()) {
    user.lastName = person.lastName;
  }
  if (!person.username.empty()) {
    user.username = person.username;
  }
  user.premium = person.premium;
  user.bot = person.bot;
  if (person.bot) {
    user.botInfoVersion = 1;
  } else {
    user.status = api::TypeUserStatus(api::UserStatusRecently{});
  }
  return user;
}

void Mentioned::add(const Channel& channel, const Post& post) {
  channels_.insert(&channel);
  if (post.senderId != 0) {
    people_.insert(post.senderId);
  }
  if (post.subjectId != 0) {
    people_.insert(post.subjectId);
  }
  if (post.viaBot != 0) {
    people_.insert(post.viaBot);
  }
  if (post.forward && post.forward->from == Forward::From::User) {
    people_.insert(post.forward->id);
  }
  if (post.forward && post.forward->from == Forward::From::Channel) {
    strangers_.insert(post.forward->id);
  }
  if (post.thread && post.thread->comments) {
    strangers_.insert(linkedGroupId(channel));
  }
  for (const Entity& entity : post.entities) {
    if (entity.kind == EntityKind::MentionName) {
      people_.insert(entity.number);
    }
  }
}

std::vector<tl::api::TypeChat> Mentioned::chats(const World& world, std::int64_t viewer) const {
  std::vector<api::TypeChat> chats;
  chats.reserve(channels_.size() + strangers_.size());
  for (const Channel* channel : channels_) {
    chats.push_back(chatOf(world, *channel, viewer));
  }
  for (const std::int64_t id : strangers_) {
    chats.push_back(strangerOf(world, id, viewer));
  }
  return chats;
}

std::vector<tl::api::TypeUser> Mentioned::users(const World& world, std::int64_t viewer) const {
  std::vector<api::TypeUser> users;
  users.reserve(people_.size());
  for (const std::int64_t id : people_) {
    users.push_back(userOf(world, id, viewer));
  }
  return users;
}

}  // namespace mtpool::sim
