// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/key_ring.h"

#include <gtest/gtest.h>

#include "engine/base/random.h"

namespace mtpool::sim {
namespace {

class KeyRingTest : public testing::Test {
 protected:
  std::shared_ptr<KeyRecord> add(std::int64_t expiresAt) {
    auto key = std::make_shared<const crypto::AuthKey>(random_.bytes(256));
    const mtproto::SaltSchedule salts(1, 2, 3);
    auto record = std::make_shared<KeyRecord>(key, mtproto::ServerSessions(key, salts, clock_, random_));
    record->expiresAt = expiresAt;
    ring_.add(record);
    return record;
  }

  ManualClock clock_{WallTime(std::chrono::hours(480'000))};
  SeededRandom random_{2};
  KeyRing ring_;
};

TEST_F(KeyRingTest, FindsPermanentKeysForEverAndTemporaryOnesUntilTheyExpire) {
  const auto permanent = add(0);
  const auto temporary = add(1000);
  EXPECT_EQ(ring_.find(permanent->key->id(), 1 << 30), permanent);
  EXPECT_EQ(ring_.find(temporary->key->id(), 1000), temporary);
  EXPECT_EQ(ring_.find(temporary->key->id(), 1001), nullptr);
  EXPECT_EQ(ring_.find(12345, 0), nullptr);
}

TEST_F(KeyRingTest, NamesTheOwnerOfABoundKey) {
  const auto permanent = add(0);
  const auto temporary = add(1000);
  EXPECT_EQ(ring_.ownerOf(temporary, 1), temporary);
  temporary->boundTo = permanent->key->id();
  EXPECT_EQ(ring_.ownerOf(temporary, 1), permanent);
  ring_.remove(permanent->key->id());
  EXPECT_EQ(ring_.ownerOf(temporary, 1), nullptr);
}

}  // namespace
}  // namespace mtpool::sim
