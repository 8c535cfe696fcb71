// SPDX-License-Identifier: Apache-2.0
#include "engine/net/tcp.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "engine/async/deadline.h"
#include "engine/async/scope.h"
#include "engine/async/timer.h"

namespace mtpool::net {
namespace {

template <class F>
void runOn(boost::asio::io_context& io, F body) {
  async::TaskScope scope(io.get_executor());
  scope.spawn("test", body());
  io.run();
}

TEST(Endpoint, ReadsBothAddressFamiliesAndRefusesTheRest) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:80")->text(), "127.0.0.1:80");
  EXPECT_EQ(Endpoint::parse("[::1]:443")->text(), "[::1]:443");
  EXPECT_FALSE(Endpoint::parse("::1:443").ok());
  EXPECT_FALSE(Endpoint::parse("host").ok());
  EXPECT_FALSE(Endpoint::parse("host:70000").ok());
}

TEST(Tcp, CarriesBytesBothWaysAndReportsTheEnd) {
  boost::asio::io_context io;
  std::string got;
  Errc end = Errc::Internal;
  auto body = [&]() -> Task<void> {
    auto listener = TcpListener::bind(io.get_executor(), Endpoint{"127.0.0.1", 0});
    EXPECT_TRUE(listener.ok());
    async::TaskScope inner(io.get_executor());
    auto echo = [&]() -> Task<void> {
      auto peer = co_await listener->accept();
      Bytes buffer(64);
      auto n = co_await (*peer)->readSome(buffer);
      auto sent = co_await (*peer)->writeAll(ByteView(buffer).first(*n));
      EXPECT_TRUE(sent.ok());
      (*peer)->close();
    };
    inner.spawn("echo", echo());
    auto stream = co_await connectTcp(listener->local());
    EXPECT_TRUE(stream.ok());
    auto sent = co_await (*stream)->writeAll(viewOf("hello"));
    EXPECT_TRUE(sent.ok());
    Bytes buffer(64);
    auto n = co_await (*stream)->readSome(buffer);
    got = std::string(charsOf(ByteView(buffer).first(*n)));
    auto again = co_await (*stream)->readSome(buffer);
    end = again.error().code();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(got, "hello");
  EXPECT_EQ(end, Errc::ConnectionLost);
}

TEST(Tcp, SaysThatNothingListensThere) {
  boost::asio::io_context io;
  std::string text;
  auto body = [&]() -> Task<void> {
    auto listener = TcpListener::bind(io.get_executor(), Endpoint{"127.0.0.1", 0});
    const auto where = listener->local();
    listener->close();
    auto stream = co_await connectTcp(where);
    text = stream.error().text();
  };
  runOn(io, body);
  EXPECT_NE(text.find("nothing listens there"), std::string::npos) << text;
}

TEST(Tcp, APortInUseIsRefusedWithTheRemedy) {
  boost::asio::io_context io;
  auto first = TcpListener::bind(io.get_executor(), Endpoint{"127.0.0.1", 0});
  ASSERT_TRUE(first.ok());
  auto second = TcpListener::bind(io.get_executor(), first->local());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), Errc::Refused);
}

TEST(Tcp, OurOwnCloseIsALostConnectionToWhoeverReads) {
  boost::asio::io_context io;
  Error pending(Errc::Internal, "");
  Error later(Errc::Internal, "");
  auto body = [&]() -> Task<void> {
    auto listener = TcpListener::bind(io.get_executor(), Endpoint{"127.0.0.1", 0});
    auto stream = co_await connectTcp(listener->local());
    async::TaskScope inner(io.get_executor());
    auto reader = [&]() -> Task<void> {
      auto r = co_await (*stream)->waitReadable();
      pending = r.error();
    };
    inner.spawn("reader", reader());
    co_await async::yieldNow();
    (*stream)->close();
    co_await inner.join();
    auto r = co_await (*stream)->writeAll(viewOf("late"));
    later = r.error();
  };
  runOn(io, body);
  EXPECT_EQ(pending.code(), Errc::ConnectionLost) << pending.text();
  EXPECT_EQ(later.code(), Errc::ConnectionLost) << later.text();
}

TEST(Tcp, ARepeatedReadCanBeCancelled) {
  boost::asio::io_context io;
  Errc seen = Errc::Internal;
  auto body = [&]() -> Task<void> {
    auto listener = TcpListener::bind(io.get_executor(), Endpoint{"127.0.0.1", 0});
    auto stream = co_await connectTcp(listener->local());
    async::TaskScope inner(io.get_executor());
    auto reader = [&]() -> Task<void> {
      auto r = co_await (*stream)->waitReadable();
      seen = r.error().code();
    };
    inner.spawn("reader", reader());
    co_await async::yieldNow();
    inner.cancel();
    co_await inner.join();
  };
  runOn(io, body);
  EXPECT_EQ(seen, Errc::Cancelled);
}

}  // namespace
}  // namespace mtpool::net
