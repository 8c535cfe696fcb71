// SPDX-License-Identifier: Apache-2.0
#include "engine/client/dc_directory.h"

#include <gtest/gtest.h>

namespace mtpool::client {
namespace {

TEST(DcDirectory, ReadsAListWithSeveralAddressesOfOneDataCentre) {
  const auto directory = DcDirectory::parse("2=127.0.0.1:4430, 4=127.0.0.1:4431,2=[::1]:4432");
  ASSERT_TRUE(directory.ok()) << directory.error().text();
  ASSERT_EQ(directory->endpoints(2).size(), 2U);
  EXPECT_EQ(directory->endpoints(2)[1].text(), "[::1]:4432");
  EXPECT_EQ(directory->dcs(), (std::vector<std::int32_t>{2, 4}));
  EXPECT_TRUE(directory->endpoints(1).empty());
}

TEST(DcDirectory, SaysWhatIsWrongWithAList) {
  for (const char* text :
       {"", "127.0.0.1:443", "x=127.0.0.1:443", "0=127.0.0.1:443", "2=127.0.0.1", "2=127.0.0.1:99999"}) {
    const auto directory = DcDirectory::parse(text);
    ASSERT_FALSE(directory.ok()) << text;
    EXPECT_EQ(directory.error().code(), Errc::InvalidConfig);
    EXPECT_NE(directory.error().text().find("MTPROTO_DC_LIST"), std::string::npos);
  }
}

TEST(DcDirectory, LearnsFromTelegramButNeverAgainstTheSetting) {
  DcDirectory telegram = DcDirectory::telegram(false);
  telegram.learn({{2, {{"10.0.0.1", 443}}}, {5, {}}});
  EXPECT_EQ(telegram.endpoints(2).front().host, "10.0.0.1");
  EXPECT_FALSE(telegram.endpoints(5).empty());
  auto fixed = DcDirectory::parse("2=127.0.0.1:4430");
  ASSERT_TRUE(fixed.ok());
  fixed->learn({{2, {{"10.0.0.1", 443}}}});
  EXPECT_EQ(fixed->endpoints(2).front().host, "127.0.0.1");
}

TEST(DcDirectory, KeepsItsBootstrapAddressesBehindWhatItLearnt) {
  DcDirectory directory = DcDirectory::telegram(false);
  const auto bootstrap = directory.endpoints(2);
  directory.learn({{2, {{"10.0.0.1", 443}, bootstrap.front(), {"10.0.0.1", 443}}}});
  const auto known = directory.endpoints(2);
  ASSERT_EQ(known.size(), 1 + bootstrap.size());
  EXPECT_EQ(known[0].host, "10.0.0.1");
  EXPECT_EQ(known.back().text(), bootstrap.back().text());
  directory.learn({{2, {{"10.0.0.2", 443}}}});
  EXPECT_EQ(directory.endpoints(2).front().host, "10.0.0.2");
  EXPECT_EQ(directory.endpoints(2).size(), 1 + bootstrap.size());
}

TEST(DcDirectory, LearnsNumericAddressesOfOtherHostsOnly) {
  DcDirectory directory = DcDirectory::telegram(false);
  directory.learn({{7, {{"evil.example", 443}, {"127.0.0.1", 443}, {"::1", 443}, {"0.0.0.0", 443}}}});
  EXPECT_TRUE(directory.endpoints(7).empty());
}

TEST(DcDirectory, LearnsWithinBounds) {
  DcDirectory directory = DcDirectory::telegram(false);
  std::map<std::int32_t, std::vector<net::Endpoint>> told;
  for (int dc = 100; dc < 300; ++dc) {
    for (int i = 0; i < 20; ++i) {
      told[dc].push_back({"10.0.0." + std::to_string(i), 443});
    }
  }
  directory.learn(told);
  EXPECT_EQ(directory.endpoints(100).size(), 8U);
  EXPECT_EQ(directory.dcs().size(), 5U + 64U);
}

}  // namespace
}  // namespace mtpool::client
