// SPDX-License-Identifier: Apache-2.0
#include "engine/client/backoff.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mtpool::client {
namespace {

using namespace std::chrono_literals;

constexpr Errc kLost = Errc::ConnectionLost;

TEST(Backoff, DrawsFromNothingUpToABoundThatDoubles) {
  const Pauses pauses{500ms, 60s, 1s};
  SeededRandom random(1);
  std::chrono::milliseconds bound = 500ms;
  std::vector<Backoff> clients(1000);
  for (int failures = 1; failures <= 10; ++failures) {
    auto least = 60000ms;
    auto most = 0ms;
    for (Backoff& client : clients) {
      const auto pause = client.next(pauses, kLost, random);
      least = std::min(least, pause);
      most = std::max(most, pause);
    }
    EXPECT_LT(least, bound / 10) << failures;
    EXPECT_GT(most, bound * 9 / 10) << failures;
    EXPECT_LE(most, bound) << failures;
    bound = std::min<std::chrono::milliseconds>(bound * 2, 60s);
  }
}

/// The longest of many pauses after so many failures.
std::chrono::milliseconds longest(const Backoff& after) {
  SeededRandom random(2);
  auto most = 0ms;
  for (int i = 0; i < 1000; ++i) {
    Backoff copy = after;
    most = std::max(most, copy.next(Pauses{}, kLost, random));
  }
  return most;
}

TEST(Backoff, BeginsAnewOnlyAfterAHealthyConnection) {
  SeededRandom random(3);
  Backoff backoff;
  for (int i = 0; i < 5; ++i) {
    backoff.next(Pauses{}, kLost, random);
  }
  backoff.served(29s);
  EXPECT_GT(longest(backoff), 10s);
  backoff.served(30s);
  EXPECT_LE(longest(backoff), 500ms);
}

TEST(Backoff, RestsAtLeastASecondWhenThereAreTooManyConnections) {
  SeededRandom random(4);
  for (int i = 0; i < 1000; ++i) {
    Backoff backoff;
    const auto pause = backoff.next(Pauses{}, Errc::TransportFlood, random);
    EXPECT_GE(pause, 1s);
    EXPECT_LE(pause, 1500ms);
  }
}

}  // namespace
}  // namespace mtpool::client
