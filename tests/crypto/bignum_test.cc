// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/bignum.h"

#include <gtest/gtest.h>

#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

TEST(Bignum, WritesMinimalOrPaddedBytes) {
  const BnHandle number = bnFrom(hex("0000 0102"));
  EXPECT_EQ(toHex(bnBytes(number.get())), "0102");
  EXPECT_EQ(toHex(bnPadded(number.get(), 4)), "00000102");
  EXPECT_EQ(toHex(bnBytes(bnFrom({}).get())), "");
  EXPECT_EQ(toHex(bnPadded(newBn().get(), 2)), "0000");
  EXPECT_EQ(toHex(bnBytes(bnFromWord(0x1122334455667788).get())), "1122334455667788");
  EXPECT_EQ(toHex(bnBytes(bnPowerOfTwo(12).get())), "1000");
}

TEST(Bignum, MarksSecretsForConstantTime) {
  EXPECT_NE(BN_get_flags(bnSecret(Bytes{3}).get(), BN_FLG_CONSTTIME), 0);
  EXPECT_EQ(BN_get_flags(bnFrom(Bytes{3}).get(), BN_FLG_CONSTTIME), 0);
}

TEST(BignumDeathTest, DoesNotCutANumberToSize) {
  EXPECT_DEATH((void)bnPadded(bnFromWord(256).get(), 1), "");
}

}  // namespace
}  // namespace mtpool::crypto
