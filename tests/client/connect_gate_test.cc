// SPDX-License-Identifier: Apache-2.0
#include "engine/client/connect_gate.h"

#include <gtest/gtest.h>

namespace mtpool::client {
namespace {

using namespace std::chrono_literals;

/// Between two places in a row, at ten a second.
std::chrono::milliseconds distance(ConnectGate& gate, MonoTime now) {
  const MonoTime first = gate.turn(10, now);
  return std::chrono::round<std::chrono::milliseconds>(gate.turn(10, now) - first);
}

TEST(ConnectGate, OpensAtTheRateOfTheSetting) {
  ConnectGate gate;
  EXPECT_EQ(distance(gate, MonoTime{100s}), 100ms);
}

TEST(ConnectGate, OpensLessOftenAfterAFlood) {
  ConnectGate gate;
  const MonoTime start{100s};
  gate.flooded(start);
  EXPECT_EQ(distance(gate, start), 200ms);
  gate.flooded(start + 9s);  // of the same flood
  EXPECT_EQ(distance(gate, start + 9s), 200ms);
  gate.flooded(start + 10s);
  EXPECT_EQ(distance(gate, start + 10s), 400ms);
  for (int i = 2; i < 10; ++i) {
    gate.flooded(start + i * 10s);
  }
  EXPECT_EQ(distance(gate, start + 90s), 1600ms);
}

TEST(ConnectGate, OpensMoreOftenAgainByTheMinute) {
  ConnectGate gate;
  const MonoTime start{100s};
  gate.flooded(start);
  gate.flooded(start + 10s);
  EXPECT_EQ(distance(gate, start + 69s), 400ms);
  EXPECT_EQ(distance(gate, start + 70s), 200ms);
  EXPECT_EQ(distance(gate, start + 130s), 100ms);
}

}  // namespace
}  // namespace mtpool::client
