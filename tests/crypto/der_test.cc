// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/der.h"

#include <gtest/gtest.h>

#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

/// The one number `text` encodes, in hexadecimal; "refused" otherwise.
std::string number(std::string_view text) {
  const Bytes der = hex(text);
  DerReader reader(der);
  const auto value = reader.takeInteger();
  return value && reader.done() ? toHex(*value) : "refused";
}

TEST(DerReader, ReadsNumbersWithoutTheirSignByte) {
  EXPECT_EQ(number("02 01 00"), "");
  EXPECT_EQ(number("02 01 7f"), "7f");
  EXPECT_EQ(number("02 02 0080"), "80");
  EXPECT_EQ(number("02 03 010001"), "010001");
}

TEST(DerReader, RefusesNumbersThatAreNegativeEmptyOrNotMinimal) {
  EXPECT_EQ(number("02 00"), "refused");
  EXPECT_EQ(number("02 01 80"), "refused");
  EXPECT_EQ(number("02 02 007f"), "refused");
  EXPECT_EQ(number("02 02 0000"), "refused");
}

TEST(DerReader, RefusesLengthsThatAreCutLongerThanNeededOrIndefinite) {
  for (const char* wrong : {"", "02", "02 02 01", "02 8101 01", "02 80 01 0000", "02 820001 01", "02 82 01",
                            "02 8300000101", "02 ff 01"}) {
    EXPECT_EQ(number(wrong), "refused") << wrong;
  }
  EXPECT_EQ(number("02 8180" + toHex(Bytes(128, 0x11))), toHex(Bytes(128, 0x11)));
  EXPECT_EQ(number("02 817f" + toHex(Bytes(127, 0x11))), "refused");
  EXPECT_EQ(number("02 8200ff" + toHex(Bytes(255, 0x11))), "refused");
}

TEST(DerReader, RefusesAnotherTagAndStaysWhereItWas) {
  const Bytes der = hex("03 01 05");
  DerReader reader(der);
  EXPECT_FALSE(reader.takeInteger().has_value());
  ASSERT_TRUE(reader.take(DerTag::BitString).has_value());
  EXPECT_TRUE(reader.done());
}

TEST(DerWriter, WritesWhatTheReaderReads) {
  for (const std::size_t size : {1u, 127u, 128u, 255u, 256u, 1000u}) {
    for (const Byte first : {Byte{0x01}, Byte{0x80}}) {
      Bytes value(size, 0x33);
      value.front() = first;
      const Bytes der = derIntegers({value, {}, Bytes{0, 0, 5}});
      DerReader outer(der);
      const auto sequence = outer.take(DerTag::Sequence);
      ASSERT_TRUE(sequence && outer.done()) << size;
      DerReader reader(*sequence);
      EXPECT_EQ(toBytes(reader.takeInteger().value()), value);
      EXPECT_EQ(toHex(reader.takeInteger().value()), "");
      EXPECT_EQ(toHex(reader.takeInteger().value()), "05");
      EXPECT_TRUE(reader.done());
    }
  }
}

}  // namespace
}  // namespace mtpool::crypto
