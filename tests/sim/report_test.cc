// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/report.h"

#include <gtest/gtest.h>

namespace mtpool::sim {
namespace {

TEST(Report, CountsByClientAndKeepsTheFirstDetail) {
  Report report;
  const ClientName client{"desk", "1.0", 0xab};
  report.violation(client, "odd_msg_id", "first");
  report.violation(client, "odd_msg_id", "second");
  report.deviation(client, "odd_ack");
  report.request("help.getConfig");
  report.messages(20);
  EXPECT_EQ(report.violations(), 2);
  EXPECT_EQ(report.violations("odd_msg_id"), 2);
  EXPECT_EQ(report.violations("other"), 0);
  EXPECT_EQ(report.deviations("odd_ack"), 1);
  EXPECT_EQ(report.requests("help.getConfig"), 1);
  EXPECT_EQ(
      report.json(),
      R"({"violations":2,"deviations":1,"connections":0,"handshakes":0,"messages_served":20,)"
      R"("requests":{"help.getConfig":1},"clients":[{"device":"desk","app":"1.0","key":"00000000000000ab",)"
      R"("violations":{"odd_msg_id":{"times":2,"first":"first"}},)"
      R"("deviations":{"odd_ack":{"times":1,"first":""}}}]})");
}

TEST(Report, IsValidJsonWhenNothingHappened) {
  EXPECT_EQ(
      Report().json(),
      R"({"violations":0,"deviations":0,"connections":0,"handshakes":0,"messages_served":0,"requests":{},"clients":[]})");
}

}  // namespace
}  // namespace mtpool::sim
