// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/text_builder.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

TEST(TextBuilder, CountsUtf16Units) {
  EXPECT_EQ(utf16Units("abc"), 3);
  EXPECT_EQ(utf16Units("порт"), 4);
  EXPECT_EQ(utf16Units("🚢"), 2);
  EXPECT_EQ(utf16Units("👩‍🔬"), 5);  // two pictures and a joiner
  EXPECT_EQ(utf16Units("🇩🇪"), 4);
  EXPECT_EQ(utf16Units("שלום"), 4);
}

TEST(TextBuilder, PlacesEntitiesAfterWhatWasSaid) {
  TextBuilder text(100);
  text.say("🚢 ");
  EXPECT_TRUE(text.styled(EntityKind::Bold, "порт"));
  const auto entities = text.takeEntities();
  ASSERT_EQ(entities.size(), 1u);
  EXPECT_EQ(entities[0].offset, 3);
  EXPECT_EQ(entities[0].length, 4);
}

TEST(TextBuilder, LeavesOutWhatDoesNotFit) {
  TextBuilder text(5);
  EXPECT_TRUE(text.say("abc"));
  EXPECT_FALSE(text.styled(EntityKind::Italic, "def"));
  EXPECT_TRUE(text.say("🚢"));
  EXPECT_EQ(text.left(), 0);
  EXPECT_TRUE(text.takeEntities().empty());
  EXPECT_EQ(text.takeText(), "abc🚢");
}

TEST(TextBuilder, SortsTheOuterEntityFirst) {
  TextBuilder text(100);
  text.styled(EntityKind::Italic, "inner");
  text.say(" and more");
  text.markSince(0, EntityKind::Blockquote);
  const auto entities = text.takeEntities();
  ASSERT_EQ(entities.size(), 2u);
  EXPECT_EQ(entities[0].kind, EntityKind::Blockquote);
}

}  // namespace
}  // namespace mtpool::sim
