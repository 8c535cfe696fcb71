// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/bind_key.h"

#include <gtest/gtest.h>

#include "tests/mtproto/scripted_random.h"

namespace mtpool::mtproto {
namespace {

crypto::AuthKey keyOf(bool descending) {
  Bytes bytes(256);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<Byte>(descending ? 255 - i : i);
  }
  return crypto::AuthKey(bytes);
}

struct Vector {
  crypto::AuthKey permanent = keyOf(true);
  KeyBinding binding{0x0001020304050607, keyOf(false).id(), keyOf(true).id(), 0x0010203040506070, 1735689600};
  std::int64_t msgId = (std::int64_t{1735600000} << 32) | 0x1000;

  Bytes sealed() const {
    ScriptedRandom random;
    random.script(Bytes(16, 0xcd));
    random.script(Bytes(8, 0xcd));
    return sealKeyBinding(permanent, binding, msgId, random);
  }
};

TEST(BindKey, MatchesThePublishedVector) {
  EXPECT_EQ(toHex(Vector().sealed()),
            "96d1b10e8f724a1315924e24a6c373afb1b0c49b453f6e6161351d573841f522cf967852bd170b61b964b7bbd6422d2c"
            "16f0841e318bdfada1b212fc6adc065dcd623e6a9cf1d7a8533427275d748d514beb8d01cfc9ec4d2076db631ab0ac3e"
            "552a2236ab5d7188");
}

TEST(BindKey, IsOpenedByTheSameKeyForTheSameMessage) {
  const Vector v;
  const auto opened = openKeyBinding(v.permanent, v.sealed(), v.msgId);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->nonce, v.binding.nonce);
  EXPECT_EQ(opened->temporaryKeyId, v.binding.temporaryKeyId);
  EXPECT_EQ(opened->permanentKeyId, v.binding.permanentKeyId);
  EXPECT_EQ(opened->sessionId, v.binding.sessionId);
  EXPECT_EQ(opened->expiresAt, v.binding.expiresAt);
  EXPECT_FALSE(openKeyBinding(keyOf(false), v.sealed(), v.msgId).ok());
  EXPECT_FALSE(openKeyBinding(v.permanent, v.sealed(), v.msgId + 4).ok());
}

TEST(BindKey, IsRefusedWithAnyByteChangedOrMissing) {
  const Vector v;
  const Bytes good = v.sealed();
  for (std::size_t at = 0; at < good.size() - 16; ++at) {  // the last block holds only padding
    Bytes bad = good;
    bad[at] ^= 0x10;
    EXPECT_FALSE(openKeyBinding(v.permanent, bad, v.msgId).ok()) << at;
  }
  EXPECT_FALSE(openKeyBinding(v.permanent, ByteView(good).first(88), v.msgId).ok());
  EXPECT_FALSE(openKeyBinding(v.permanent, {}, v.msgId).ok());
}

}  // namespace
}  // namespace mtpool::mtproto
