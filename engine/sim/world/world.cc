// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/sim/world/dice.h"
#include "engine/sim/world/post_writer.h"
#include "engine/sim/world/prose.h"

namespace mtpool::sim {

namespace {

constexpr std::int64_t kFirstChannelId = 3'000'000'000;
constexpr std::int64_t kChannelIdStep = 1'000'003;
constexpr std::int32_t kHistoryBegins = 1'577'836'800;  // 2020-01-01
constexpr std::int32_t kHistorySpan = 150'000'000;      // some 4.75 years

Channel makeChannel(const WorldOptions& options, std::int32_t number) {
  Channel::Facts facts;
  facts.seed = mix(options.seed, static_cast<std::uint64_t>(number));
  facts.number = number;
  Dice dice(mix(facts.seed, 2));
  facts.id = kFirstChannelId + number * kChannelIdStep + dice.below(kChannelIdStep - 1);
  facts.megagroup = number % 3 == 2;
  facts.shape = options.shape.value_or(facts.megagroup ? Shape::Chat : Shape::Channel);
  facts.username = fmt::format("simch{}", number);
  facts.title = fmt::format("{} №{}", writeTitle(dice), number);
  facts.about = fmt::format("{}. {}.", writeTitle(dice), writeTitle(dice));
  facts.members = dice.between(40, 90'000);
  facts.createdAt = kHistoryBegins + dice.between(0, 86'400 * 300);
  facts.secondsApart = std::clamp(kHistorySpan / std::max(options.messages, 1), 2, 7200);
  return Channel(std::move(facts), options.messages);
}

}  // namespace

World::World(const WorldOptions& options) : options_(options) {
  channels_.reserve(static_cast<std::size_t>(options.channels));
  for (std::int32_t number = 1; number <= options.channels; ++number) {
    channels_.push_back(makeChannel(options, number));
  }
}

const Channel* World::findByName(std::string_view username) const {
  std::string lower(username);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (!lower.starts_with("simch")) {
    return nullptr;
  }
  const auto number = parseInt(std::string_view(lower).substr(5));
  if (!number || *number < 1 || *number > options_.channels) {
    return nullptr;
  }
  const Channel& channel = channels_[static_cast<std::size_t>(*number - 1)];
  return channel.facts().username == lower ? &channel : nullptr;
}

const Channel* World::findById(std::int64_t id) const {
  const std::int64_t number = (id - kFirstChannelId) / kChannelIdStep;
  if (number < 1 || number > options_.channels) {
    return nullptr;
  }
  const Channel& channel = channels_[static_cast<std::size_t>(number - 1)];
  return channel.facts().id == id ? &channel : nullptr;
}

Post World::post(const Channel& channel, std::int32_t id) const {
  return writePost(channel, id);
}

std::int64_t World::accessHash(std::int64_t viewer, std::int64_t peer) const {
  const std::uint64_t own = mix(mix(options_.seed ^ 0xacce55, static_cast<std::uint64_t>(viewer)),
                                static_cast<std::uint64_t>(peer));
  return static_cast<std::int64_t>(own);
}

}  // namespace mtpool::sim
