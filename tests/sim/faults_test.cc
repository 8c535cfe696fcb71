// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/faults.h"

#include <gtest/gtest.h>

#include "engine/tl/writer.h"

namespace mtpool::sim {
namespace {

TEST(Faults, AreReadFromLinesWithComments) {
  const auto faults = parseFaults("f",
                                  "# rehearsal\n\nflood_wait method=messages.getHistory seconds=3 every=20\n"
                                  "close every=50 # often\n delay milliseconds=40");
  ASSERT_TRUE(faults) << faults.error().text();
  ASSERT_EQ(faults->size(), 3u);
  EXPECT_EQ((*faults)[0].method, "messages.getHistory");
  EXPECT_EQ((*faults)[0].seconds, 3);
  EXPECT_EQ((*faults)[1].every, 50);
  EXPECT_EQ((*faults)[2].milliseconds, 40);
}

TEST(Faults, AreRefusedWithFileAndLine) {
  const std::pair<const char*, const char*> cases[] = {
      {"\nexplode every=2", "f:2: there is no fault \"explode\""},
      {"close", "f:1: close needs every=N"},
      {"close every=0", "f:1: every must be a whole number from 1, not \"0\""},
      {"close every=x", "f:1: every must be"},
      {"flood_wait method=help.getConfig", "f:1: flood_wait needs seconds=N"},
      {"delay milliseconds=1 colour=red", "f:1: delay does not take \"colour=red\""},
      {"delay milliseconds=99999999999", "f:1: milliseconds must be"}};
  for (const auto& [text, message] : cases) {
    const auto faults = parseFaults("f", text);
    ASSERT_FALSE(faults) << text;
    EXPECT_EQ(faults.error().code(), Errc::InvalidConfig);
    EXPECT_TRUE(faults.error().text().starts_with(message)) << faults.error().text();
  }
}

TEST(Faults, PutAnObjectNobodyKnowsIntoAList) {
  Bytes list;
  tl::Writer writer(list);
  writer.uint32(0x11111111);
  writer.vectorHeader(1);
  writer.uint32(0x22222222);
  const Bytes broken = damaged(list);
  EXPECT_EQ(loadLe32(broken.data()), 0x11111111u);
  EXPECT_EQ(loadLe32(broken.data() + 12), kDamageId);
  EXPECT_EQ(loadLe32(damaged(ByteView(list).first(4)).data()), kDamageId);
  FaultPlan plan(*parseFaults("f", "damage method=a every=2"));
  EXPECT_FALSE(plan.onRequest(1, "a").damage);
  EXPECT_TRUE(plan.onRequest(1, "a").damage);
}

TEST(Faults, StrikeEveryNthRequestOfEachClient) {
  FaultPlan plan(*parseFaults("f", "flood_wait method=a seconds=7 every=3"));
  for (int round = 1; round <= 9; ++round) {
    EXPECT_EQ(plan.onRequest(1, "a").floodSeconds, round % 3 == 0 ? 7 : 0) << round;
    EXPECT_EQ(plan.onRequest(1, "b").floodSeconds, 0);
  }
  EXPECT_EQ(plan.onRequest(2, "a").floodSeconds, 0);
}

}  // namespace
}  // namespace mtpool::sim
