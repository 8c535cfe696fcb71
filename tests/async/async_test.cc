// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "engine/async/deadline.h"
#include "engine/async/scope.h"
#include "engine/async/shard.h"
#include "engine/async/timer.h"

namespace mtpool::async {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

template <class F>
void runOn(boost::asio::io_context& io, F body) {
  TaskScope scope(io.get_executor());
  scope.spawn("test", body());
  io.run();
}

TEST(TaskScope, CancelsAChildThatSleepsAndJoins) {
  boost::asio::io_context io;
  Errc seen = Errc::Internal;
  auto body = [&]() -> Task<void> {
    TaskScope inner(co_await currentExecutor());
    auto sleeper = [&]() -> Task<void> {
      auto r = co_await sleepFor(hours(1));
      seen = r.ok() ? Errc::Internal : r.error().code();
    };
    inner.spawn("sleeper", sleeper());
    co_await yieldNow();
    inner.cancel();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(seen, Errc::Cancelled);
}

TEST(TaskScope, CancellationIsSeenByAWaitBegunAfterwards) {
  boost::asio::io_context io;
  int waits = 0;
  auto body = [&]() -> Task<void> {
    TaskScope inner(co_await currentExecutor());
    auto stubborn = [&]() -> Task<void> {
      for (int i = 0; i < 3; ++i) {
        auto r = co_await sleepFor(hours(1));
        waits += r.ok() ? 0 : 1;
      }
    };
    inner.spawn("stubborn", stubborn());
    co_await yieldNow();
    inner.cancel();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(waits, 3);
}

TEST(Deadline, TurnsALateTaskIntoTimeout) {
  boost::asio::io_context io;
  Errc seen = Errc::Internal;
  auto body = [&]() -> Task<void> {
    const auto deadline = SystemClock().mono() + milliseconds(1);
    auto r = co_await withDeadline<void>(deadline, "too late", sleepFor(hours(1)));
    seen = r.ok() ? Errc::Internal : r.error().code();
  };
  runOn(io, body);
  EXPECT_EQ(seen, Errc::Timeout);
}

Task<Result<int>> answer() {
  co_return 42;
}

TEST(Deadline, PassesAResultThrough) {
  boost::asio::io_context io;
  int seen = 0;
  auto body = [&]() -> Task<void> {
    const auto deadline = SystemClock().mono() + hours(1);
    auto r = co_await withDeadline<int>(deadline, "too late", answer());
    seen = r.ok() ? *r : -1;
  };
  runOn(io, body);
  EXPECT_EQ(seen, 42);
}

TEST(Deadline, ACancelledWaitEndsAtOnceHoweverDeep) {
  boost::asio::io_context io;
  std::vector<Errc> seen;
  auto body = [&]() -> Task<void> {
    TaskScope inner(co_await currentExecutor());
    Event never(co_await currentExecutor());
    auto waiter = [&]() -> Task<void> {
      for (int i = 0; i < 2; ++i) {
        const auto outer = SystemClock().mono() + hours(2);
        auto r =
            co_await withDeadline<void>(outer, "too late", never.waitUntil(SystemClock().mono() + hours(1)));
        seen.push_back(r.ok() ? Errc::Internal : r.error().code());
      }
    };
    inner.spawn("waiter", waiter());
    co_await yieldNow();
    co_await yieldNow();
    inner.cancel();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(seen, (std::vector<Errc>{Errc::Cancelled, Errc::Cancelled}));
}

TEST(Shard, CallRunsThereAndResumesHere) {
  Shard other("other");
  other.start();
  boost::asio::io_context io;
  std::thread::id there;
  std::thread::id after;
  std::string value;
  auto body = [&]() -> Task<void> {
    auto work = [&there]() {
      there = std::this_thread::get_id();
      return std::string("done");
    };
    value = co_await other.call(work);
    after = std::this_thread::get_id();
  };
  runOn(io, body);
  EXPECT_EQ(value, "done");
  EXPECT_NE(there, std::this_thread::get_id());
  EXPECT_EQ(after, std::this_thread::get_id());
}

}  // namespace
}  // namespace mtpool::async
