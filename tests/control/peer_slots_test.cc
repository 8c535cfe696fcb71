// SPDX-License-Identifier: Apache-2.0
#include "engine/control/peer_slots.h"

#include <gtest/gtest.h>

namespace mtpool::control {
namespace {

using admin::Role;

TEST(PeerSlots, OneUserCannotTakeThemAll) {
  PeerSlots slots;
  for (std::size_t i = 0; i < PeerSlots::kMaxPerUser; ++i) {
    EXPECT_TRUE(slots.take(1, Role::Admin).ok());
  }
  const auto refused = slots.take(1, Role::Admin);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Busy);
  EXPECT_NE(refused.error().text().find("user 1"), std::string::npos) << refused.error().text();
  EXPECT_TRUE(slots.take(2, Role::Viewer).ok());
  slots.free(1);
  EXPECT_TRUE(slots.take(1, Role::Admin).ok());
}

TEST(PeerSlots, SomeAreOnlyForAdmins) {
  PeerSlots slots;
  for (uid_t user = 1; user <= PeerSlots::kMax - PeerSlots::kOnlyAdmins; ++user) {
    EXPECT_TRUE(slots.take(user, Role::Operator).ok());
  }
  EXPECT_FALSE(slots.take(100, Role::Operator).ok());
  EXPECT_FALSE(slots.take(101, Role::Viewer).ok());
  for (std::size_t i = 0; i < PeerSlots::kOnlyAdmins; ++i) {
    EXPECT_TRUE(slots.take(0, Role::Admin).ok());
  }
  EXPECT_FALSE(slots.take(0, Role::Admin).ok());
}

}  // namespace
}  // namespace mtpool::control
