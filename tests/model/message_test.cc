// SPDX-License-Identifier: Apache-2.0
#include "engine/model/message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mtpool::model {
namespace {

TEST(TextArena, KeepsEachTextWhereItIsWhileMoreArrive) {
  TextArena arena;
  std::vector<std::string> texts;
  std::vector<std::string_view> kept;
  for (std::size_t i = 0; i < 2000; ++i) {
    texts.emplace_back(i % 97, static_cast<char>('a' + i % 26));
    kept.push_back(arena.keep(texts.back()));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(kept[i], texts[i]) << i;
  }
}

TEST(TextArena, TakesATextLargerThanAChunk) {
  TextArena arena;
  const std::string large(1 << 20, 'x');
  EXPECT_EQ(arena.keep(large), large);
  EXPECT_EQ(arena.keep("after"), "after");
}

TEST(MessageKind, HasTheNameOfItsColumn) {
  EXPECT_EQ(name(MessageKind::Message), "message");
  EXPECT_EQ(name(MessageKind::Service), "service");
}

}  // namespace
}  // namespace mtpool::model
