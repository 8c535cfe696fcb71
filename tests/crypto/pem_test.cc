// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/pem.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

std::string refusal(std::string_view text) {
  const auto blocks = readPem(text);
  if (blocks.ok()) {
    return "not refused";
  }
  EXPECT_EQ(blocks.error().code(), Errc::InvalidConfig);
  return blocks.error().text();
}

TEST(Pem, ReadsWhatItWroteBetweenOtherText) {
  for (const std::size_t size : {1u, 47u, 48u, 49u, 1000u}) {
    const auto blocks = readPem("a comment\n" + writePem("FIRST", counting(size)) + "more\n\n" +
                                writePem("SECOND", Bytes{7}));
    ASSERT_TRUE(blocks.ok()) << blocks.error().text();
    ASSERT_EQ(blocks->size(), 2u);
    EXPECT_EQ((*blocks)[0].label, "FIRST");
    EXPECT_EQ((*blocks)[0].der.reveal(), counting(size));
    EXPECT_EQ((*blocks)[1].label, "SECOND");
  }
}

TEST(Pem, SaysWhatIsWrongWithAFile) {
  const std::string block = writePem("KEY", counting(100));
  EXPECT_NE(refusal("").find("no PEM block"), std::string::npos);
  EXPECT_NE(refusal("text").find("no PEM block"), std::string::npos);
  EXPECT_NE(refusal(block + block.substr(0, 60)).find("damaged"), std::string::npos);
  EXPECT_NE(refusal("-----BEGIN KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                    "-----END KEY-----\n")
                .find("encrypted"),
            std::string::npos);
  EXPECT_NE(refusal(std::string(1024 * 1024 + 1, '\n')).find("1 MiB"), std::string::npos);
  std::string many;
  for (int i = 0; i < 65; ++i) {
    many += block;
  }
  EXPECT_NE(refusal(many).find("64 blocks"), std::string::npos);
}

TEST(Pem, LeavesNoErrorOfOpensslBehind) {
  ASSERT_TRUE(readPem(writePem("KEY", counting(10))).ok());
  EXPECT_EQ(ERR_peek_error(), 0u);
  EXPECT_FALSE(readPem("nothing").ok());
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace mtpool::crypto
