// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.h"

#include <gtest/gtest.h>

#include "engine/base/bytes.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool {
namespace {

TEST(Utf8, ReplacesNulOverlongSurrogateAndTruncation) {
  using namespace std::string_view_literals;
  EXPECT_EQ(cleanUtf8("a\0b"sv),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_FALSE(isCleanUtf8("\xC0\xAF"));          // overlong slash
  EXPECT_FALSE(isCleanUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(isCleanUtf8("\xF0\x9F\x98"));      // cut emoji
  EXPECT_FALSE(isCleanUtf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_TRUE(isCleanUtf8("Привет 😀"));
}

TEST(Printable, EscapesControlAndBidiAndCuts) {
  EXPECT_EQ(printable("a\nb\u202Ec"), "a\\u{a}b\\u{202e}c");
  EXPECT_EQ(printable("абвгд", 5), "аб…");
}

TEST(Text, MasksPhonesAndReadsIntegers) {
  EXPECT_EQ(maskPhone("+99 891 123 45 67"), "+99•••67");
  EXPECT_EQ(maskPhone("123"), "+•••");
  EXPECT_EQ(parseInt("-42"), -42);
  EXPECT_EQ(parseInt("42x"), std::nullopt);
  EXPECT_EQ(parseInt(""), std::nullopt);
}

TEST(Hex, RoundTripsAndRefusesHalfBytes) {
  const auto bytes = parseHex("00 ff Ab");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(toHex(*bytes), "00ffab");
  EXPECT_FALSE(parseHex("abc"));
  EXPECT_FALSE(parseHex("zz"));
}

TEST(SeededRandom, RepeatsForTheSameSeed) {
  SeededRandom a(7);
  SeededRandom b(7);
  EXPECT_EQ(a.bytes(33), b.bytes(33));
  EXPECT_LT(a.below(10), 10U);
}

Result<int> half(int n) {
  if (n % 2 != 0) {
    return Error(Errc::InvalidArgument, "odd");
  }
  return n / 2;
}

Result<int> quarter(int n) {
  MTP_TRY(const int h, half(n));
  return half(h);
}

TEST(Result, CarriesTheFirstError) {
  EXPECT_EQ(*quarter(12), 3);
  EXPECT_EQ(quarter(6).error().text(), "odd");
}

TEST(Secret, IsEmptyAfterMove) {
  SecretString a(std::string("0123456789abcdef0123456789abcdef"));
  SecretString b(std::move(a));
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): that is the promise
  EXPECT_EQ(b.reveal().size(), 32U);
}

}  // namespace
}  // namespace mtpool
