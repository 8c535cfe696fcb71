// SPDX-License-Identifier: Apache-2.0
#include "engine/client/init_query.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "tl/api/config.h"
#include "tl/api/login_methods.h"
#include "tl/api/names.h"
#include "tl/api/wrapper_methods.h"

namespace mtpool::client {
namespace {

TEST(InitQuery, NamesLayerAndApplicationAroundGetConfig) {
  Application application;
  application.apiId = 17;
  application.appVersion = "1.2";
  const auto wrapped = tl::parse<tl::api::InvokeWithLayer>(initQuery(application));
  ASSERT_TRUE(wrapped.ok());
  EXPECT_EQ(wrapped->layer, tl::api::kLayer);
  const auto init = tl::parse<tl::api::InitConnection>(wrapped->query.bytes);
  ASSERT_TRUE(init.ok());
  EXPECT_EQ(init->apiId, 17);
  EXPECT_EQ(init->appVersion, "1.2");
  EXPECT_TRUE(init->langPack.empty());
  EXPECT_EQ(init->query.id(), tl::api::help::GetConfig::kId);
}

TEST(InitQuery, LearnsPlainAddressesOnly) {
  tl::api::Config config;
  const auto add = [&config](std::int32_t id, const char* ip, bool ipv6, bool media) {
    tl::api::DcOption option;
    option.id = id;
    option.ipAddress = ip;
    option.port = 443;
    option.ipv6 = ipv6;
    option.mediaOnly = media;
    config.dcOptions.push_back(option);
  };
  add(2, "10.0.0.2", false, false);
  add(3, "2001:db8::1", true, false);
  add(4, "10.0.0.4", false, true);
  DcDirectory directory = DcDirectory::telegram(true);
  learnConfig(directory, tl::serialize(config));
  EXPECT_EQ(directory.endpoints(2).front().host, "10.0.0.2");
  EXPECT_TRUE(directory.endpoints(4).empty());
}

TEST(InitQuery, AConfigThatCannotBeReadChangesNothing) {
  DcDirectory directory = DcDirectory::telegram(true);
  learnConfig(directory, viewOf("garbage"));
  EXPECT_EQ(directory.dcs().size(), 3U);
}

}  // namespace
}  // namespace mtpool::client
