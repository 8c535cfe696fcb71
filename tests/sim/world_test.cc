// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/text.h"
#include "engine/sim/ledger.h"
#include "engine/sim/world/prose.h"

namespace mtpool::sim {
namespace {

WorldOptions options(std::uint64_t seed, std::int32_t channels, std::int32_t messages) {
  WorldOptions result;
  result.seed = seed;
  result.channels = channels;
  result.messages = messages;
  return result;
}

template <class Visit>
void forEachPost(const World& world, Visit visit) {
  for (const Channel& channel : world.channels()) {
    for (std::int32_t rank = 0; rank < channel.ids().count(); ++rank) {
      visit(channel, world.post(channel, channel.ids().at(rank)));
    }
  }
}

std::string linesOf(const World& world) {
  std::string lines;
  forEachPost(world,
              [&lines](const Channel& channel, const Post& post) { appendHashLine(lines, channel, post); });
  return lines;
}

TEST(World, IsTheSameForTheSameSeed) {
  EXPECT_EQ(linesOf(World(options(5, 2, 500))), linesOf(World(options(5, 2, 500))));
}

TEST(World, DiffersForAnotherSeed) {
  EXPECT_NE(linesOf(World(options(5, 1, 200))), linesOf(World(options(6, 1, 200))));
}

TEST(World, FindsChannelsByNameInAnyCaseAndById) {
  const World world(options(1, 12, 10));
  for (const Channel& channel : world.channels()) {
    EXPECT_EQ(world.findByName(channel.facts().username), &channel);
    EXPECT_EQ(world.findById(channel.facts().id), &channel);
    EXPECT_EQ(world.findById(channel.facts().id + 1), nullptr);
    EXPECT_GT(channel.facts().id, 3'000'000'000);
  }
  EXPECT_EQ(world.findByName("SimCh12"), &world.channels().back());
  for (const char* name : {"simch", "simch0", "simch13", "simch01", "simch1x", "other"}) {
    EXPECT_EQ(world.findByName(name), nullptr) << name;
  }
}

TEST(World, HasChannelsAndSupergroups) {
  const World world(options(1, 3, 10));
  std::set<bool> kinds;
  for (const Channel& channel : world.channels()) {
    kinds.insert(channel.facts().megagroup);
  }
  EXPECT_EQ(kinds.size(), 2u);
}

TEST(World, GivesEachViewerItsOwnAccessHashes) {
  const World world(options(1, 1, 10));
  const std::int64_t channel = world.channels()[0].facts().id;
  EXPECT_NE(world.accessHash(6'000'000'001, channel), world.accessHash(6'000'000'002, channel));
  EXPECT_EQ(world.accessHash(6'000'000'001, channel), world.accessHash(6'000'000'001, channel));
}

TEST(World, WritesDatesThatNeverDecrease) {
  const World world(options(9, 3, 3000));
  for (const Channel& channel : world.channels()) {
    std::int32_t last = 0;
    for (std::int32_t rank = 0; rank < channel.ids().count(); ++rank) {
      const std::int32_t date = channel.dateOf(channel.ids().at(rank));
      ASSERT_GE(date, last);
      ASSERT_EQ(channel.countBefore(date) <= rank, true);
      last = date;
    }
  }
}

TEST(World, BeginsEveryChannelWithItsCreation) {
  const World world(options(2, 3, 50));
  for (const Channel& channel : world.channels()) {
    EXPECT_EQ(world.post(channel, 1).service, ServiceKind::ChannelCreate);
  }
}

TEST(World, KeepsAlbumsTogether) {
  const World world(options(4, 1, 4000));
  std::map<std::int64_t, std::vector<Post>> albums;
  forEachPost(world, [&albums](const Channel&, Post post) {
    if (post.groupedId) {
      albums[*post.groupedId].push_back(std::move(post));
    }
  });
  EXPECT_GT(albums.size(), 10u);
  EXPECT_TRUE(
      std::any_of(albums.begin(), albums.end(), [](const auto& album) { return album.second.size() > 5; }));
  for (const auto& [id, parts] : albums) {
    EXPECT_GT(id, 0);
    EXPECT_LE(parts.size(), 10u);
    for (const Post& part : parts) {
      EXPECT_EQ(part.date, parts.front().date);
      EXPECT_EQ(part.senderId, parts.front().senderId);
      EXPECT_TRUE(part.media == MediaKind::Photo || part.media == MediaKind::Video);
      EXPECT_LT(part.id - parts.front().id, 10);
    }
  }
}

TEST(World, HoldsTextsAndEntitiesThatTelegramWouldAccept) {
  const World world(options(20, 3, 4000));
  int longest = 0;
  forEachPost(world, [&longest](const Channel&, const Post& post) {
    ASSERT_TRUE(isCleanUtf8(post.text)) << post.id;
    const int units = utf16Units(post.text);
    longest = std::max(longest, units);
    ASSERT_LE(units, kMessageLimit);
    for (const Entity& entity : post.entities) {
      ASSERT_GE(entity.offset, 0);
      ASSERT_GT(entity.length, 0);
      ASSERT_LE(entity.offset + entity.length, units) << post.id;
    }
  });
  EXPECT_EQ(longest, kMessageLimit);
}

/// Everything a collector may meet, as counts.
struct Census {
  std::map<MediaKind, int> media;
  std::map<ServiceKind, int> service;
  std::map<EntityKind, int> entities;
  std::map<ReactionTally::Kind, int> reactions;
  std::map<Forward::From, int> forwards;
  int edits = 0, hiddenEdits = 0, replies = 0, comments = 0, groupThreads = 0, viaBots = 0, authors = 0,
      ttls = 0;
  int zeroViews = 0, withoutViews = 0, anonymous = 0, joinedEmoji = 0, rightToLeft = 0;

  void take(const Channel& channel, const Post& post) {
    if (post.service) {
      ++service[*post.service];
      return;
    }
    ++media[post.media];
    for (const Entity& entity : post.entities) {
      ++entities[entity.kind];
    }
    for (const ReactionTally& tally : post.reactions) {
      ++reactions[tally.kind];
    }
    if (post.forward) {
      ++forwards[post.forward->from];
    }
    edits += post.editDate && !post.editHidden;
    hiddenEdits += post.editDate && post.editHidden;
    replies += post.replyTo != 0;
    comments += post.thread && post.thread->comments;
    groupThreads += post.thread && !post.thread->comments;
    viaBots += post.viaBot != 0;
    authors += !post.author.empty();
    ttls += post.ttlSeconds != 0;
    zeroViews += post.views == 0;
    withoutViews += !post.views;
    anonymous += channel.facts().megagroup && post.senderId == 0;
    joinedEmoji += post.text.find("\xE2\x80\x8D") != std::string::npos;
    rightToLeft += post.text.find("ש") != std::string::npos;
  }
};

TEST(World, HasEveryKindOfMessage) {
  const World world(options(20, 3, 6000));
  Census census;
  forEachPost(world, [&census](const Channel& channel, const Post& post) { census.take(channel, post); });
  EXPECT_EQ(census.media.size(), static_cast<std::size_t>(kMediaKinds));
  EXPECT_EQ(census.service.size(), static_cast<std::size_t>(kServiceKinds));
  EXPECT_EQ(census.entities.size(), static_cast<std::size_t>(kEntityKinds));
  EXPECT_EQ(census.reactions.size(), 3u);
  EXPECT_EQ(census.forwards.size(), 3u);
  for (const int count : {census.edits, census.hiddenEdits, census.replies, census.comments,
                          census.groupThreads, census.viaBots, census.authors, census.ttls, census.zeroViews,
                          census.withoutViews, census.anonymous, census.joinedEmoji, census.rightToLeft}) {
    EXPECT_GT(count, 0);
  }
}

TEST(World, NamesEveryKindOfMediaOnce) {
  std::set<std::string_view> names;
  for (int kind = 0; kind < kMediaKinds; ++kind) {
    names.insert(name(static_cast<MediaKind>(kind)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kMediaKinds));
}

}  // namespace
}  // namespace mtpool::sim
