// SPDX-License-Identifier: Apache-2.0
// A client of a scripted data centre. Time is the host's plus what the test adds.
#pragma once

#include "engine/async/shard.h"
#include "engine/client/client.h"
#include "engine/telemetry/registry.h"
#include "tests/client/scripted_dc.h"

namespace mtpool::client {

/// The host's clock, which a test may put forward: what is silent for long need not be waited for.
class AheadClock final : public Clock {
 public:
  MonoTime mono() const override { return host_.mono() + ahead_; }

  WallTime wall() const override { return host_.wall() + ahead_; }

  void advance(std::chrono::seconds by) { ahead_ += by; }

 private:
  SystemClock host_;
  std::chrono::seconds ahead_{0};
};

/// The same clock, whose wall time is behind.
class LaggingClock final : public Clock {
 public:
  LaggingClock(const Clock& host, std::chrono::seconds behind) : host_(host), behind_(behind) {}

  MonoTime mono() const override { return host_.mono(); }

  WallTime wall() const override { return host_.wall() - behind_; }

 private:
  const Clock& host_;
  std::chrono::seconds behind_;
};

/// A client of a scripted data centre, which holds its key already.
class ClientTest : public testing::Test {
 protected:
  ClientTest() {
    context_.connectRate = 1000;
    context_.pauses = {std::chrono::milliseconds(2), std::chrono::milliseconds(2)};
  }

  /// Runs the test's coroutine beside the data centre, then stops both ends.
  template <class Body>
  void run(Body& body) {
    async::TaskScope scope(loop_.get_executor());
    auto whole = [this](Body& inner) -> Task<void> {
      dc_.start();
      co_await inner();
      co_await client_.stop();
      co_await dc_.stop();
    };
    scope.spawn("test", whole(body));
    loop_.run();
  }

  MonoTime within(std::chrono::milliseconds time) const { return clock_.mono() + time; }

  /// Lets the others run until it holds.
  template <class Condition>
  Task<void> eventually(Condition holds) {
    const MonoTime until = within(std::chrono::minutes(1));
    while (!holds() && clock_.mono() < until) {
      co_await async::yieldNow();
    }
    EXPECT_TRUE(holds());
  }

  /// A query that its data centre sends back.
  static Bytes echo() { return Bytes{0x0d, 0xf0, 0xad, 0x0b}; }

  boost::asio::io_context loop_{1};
  AheadClock clock_;
  SeededRandom random_{23};
  ScriptedDc dc_{loop_.get_executor(), clock_, random_};
  async::BlockingThread crypto_{"crypto"};
  DcDirectory directory_{DcDirectory::parse(dc_.dcList()).value()};
  telemetry::Registry registry_;
  Probe probe_{registry_};
  ClientContext context_{.clock = clock_,
                         .random = random_,
                         .crypto = crypto_,
                         .directory = directory_,
                         .serverKeys = {},
                         .application = {},
                         .probe = probe_};
  Client client_{context_, loop_.get_executor(), kDc, dc_.key()};
};

}  // namespace mtpool::client
