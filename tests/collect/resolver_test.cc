// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/resolver.h"

#include <gtest/gtest.h>

namespace mtpool::collect {
namespace {

TEST(CanonicalSpec, IsTheSameForEverySpelling) {
  for (const char* text : {"@durov", "durov", "@Durov", " DUROV ", "https://t.me/Durov", "http://t.me/durov/",
                           "t.me/s/durov", "telegram.me/durov"}) {
    const auto spec = canonicalSpec(text);
    ASSERT_TRUE(spec.ok()) << text;
    EXPECT_EQ(*spec, "@durov") << text;
  }
}

TEST(CanonicalSpec, RefusesWhatIsNoPublicName) {
  for (const char* text : {"", "@", "abc", "1channel", "@na me", "https://t.me/+invite", "@имя",
                           "a23456789012345678901234567890123"}) {
    EXPECT_EQ(canonicalSpec(text).error().code(), Errc::InvalidArgument) << text;
  }
}

}  // namespace
}  // namespace mtpool::collect
