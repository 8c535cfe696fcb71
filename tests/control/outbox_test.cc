// SPDX-License-Identifier: Apache-2.0
#include "engine/control/outbox.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "engine/async/scope.h"

namespace mtpool::control {
namespace {

template <class F>
void runOn(boost::asio::io_context& io, F body) {
  async::TaskScope scope(io.get_executor());
  scope.spawn("test", body());
  io.run();
}

TEST(Outbox, HoldsThePusherWhileFourMebibytesWait) {
  boost::asio::io_context io;
  std::size_t pushed = 0;
  auto body = [&]() -> Task<void> {
    Outbox box(io.get_executor());
    async::TaskScope inner(io.get_executor());
    auto pusher = [&]() -> Task<void> {
      for (int i = 0; i < 8; ++i) {
        auto frame = std::string(1024 * 1024, 'x');
        auto done = co_await box.push(std::move(frame));
        pushed += done.ok() ? 1 : 0;
      }
    };
    inner.spawn("pusher", pusher());
    co_await async::yieldNow();
    EXPECT_EQ(pushed, 4U);
    auto frame = co_await box.pop();
    co_await async::yieldNow();
    EXPECT_EQ(pushed, 4U) << "a frame being written still counts";
    box.written();
    while (pushed < 5) {
      co_await async::yieldNow();
    }
    EXPECT_EQ(box.bytes(), Outbox::kMaxBytes);
    box.close();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(pushed, 5U);
}

TEST(Outbox, HasNoRoomForAnotherAnswerWhileOneIsPromised) {
  boost::asio::io_context io;
  bool room = false;
  auto body = [&]() -> Task<void> {
    Outbox box(io.get_executor());
    box.promise(Outbox::kMaxBytes);
    async::TaskScope inner(io.get_executor());
    auto waiter = [&]() -> Task<void> { room = (co_await box.room()).ok(); };
    inner.spawn("waiter", waiter());
    co_await async::yieldNow();
    EXPECT_FALSE(room);
    box.kept(1);
    co_await inner.join();
    EXPECT_TRUE(room);
  };
  runOn(io, body);
}

TEST(Outbox, IsDrainedOnlyWhenTheLastFrameIsWritten) {
  boost::asio::io_context io;
  bool drained = false;
  auto body = [&]() -> Task<void> {
    Outbox box(io.get_executor());
    box.tryPush("a");
    async::TaskScope inner(io.get_executor());
    auto waiter = [&]() -> Task<void> { drained = (co_await box.drained()).ok(); };
    inner.spawn("waiter", waiter());
    auto frame = co_await box.pop();
    co_await async::yieldNow();
    EXPECT_FALSE(drained);
    box.written();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_TRUE(drained);
}

TEST(Outbox, GivesWhatItHoldsAfterItClosed) {
  boost::asio::io_context io;
  std::string last;
  bool ended = false;
  auto body = [&]() -> Task<void> {
    Outbox box(io.get_executor());
    box.tryPush("farewell");
    box.close();
    box.tryPush("too late");
    last = *co_await box.pop();
    ended = !(co_await box.pop()).ok();
  };
  runOn(io, body);
  EXPECT_EQ(last, "farewell");
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace mtpool::control
