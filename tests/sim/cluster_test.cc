// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/cluster.h"

#include <gtest/gtest.h>

#include "engine/sim/data_centre.h"
#include "tests/sim/cluster_fixture.h"

namespace mtpool::sim {
namespace {

TEST_F(ClusterTest, TakesFreePortsAndNamesThem) {
  ASSERT_EQ(scene_.addresses.size(), 2u);
  for (const DcAddress& address : scene_.addresses) {
    EXPECT_NE(address.port, 0);
  }
  const std::string first = endpoint(2).text();
  const std::string second = endpoint(4).text();
  EXPECT_EQ(cluster_.listeningJson(), R"({"listening":{"2":")" + first + R"(","4":")" + second + R"("}})");
  EXPECT_EQ(cluster_.dcList(), "2=" + first + ",4=" + second);
}

TEST_F(ClusterTest, SaysWhichDataCentreCannotListen) {
  Cluster other(loop_.get_executor(), scene_);
  const std::vector<DcAddress> taken{{5, "127.0.0.1", endpoint(2).port}};
  const auto listening = other.listen(taken);
  ASSERT_FALSE(listening);
  EXPECT_TRUE(listening.error().text().starts_with("data centre 5: ")) << listening.error().text();
}

TEST_F(ClusterTest, StopsWithClientsStillConnected) {
  auto body = [this]() -> Task<void> {
    auto key = co_await open(client_, 2);
    EXPECT_TRUE(key);
  };
  run(body);  // comes back although nobody closed the connection
  EXPECT_EQ(scene_.report.violations(), 0) << scene_.report.json();
}

}  // namespace
}  // namespace mtpool::sim
