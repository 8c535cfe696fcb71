// SPDX-License-Identifier: Apache-2.0
#include "engine/net/tcp.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

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

TEST(Endpoint, KnowsAnAddressOfAnotherHost) {
  for (const char* host : {"149.154.167.51", "10.0.0.1", "2001:db8::1"}) {
    EXPECT_TRUE((Endpoint{host, 443}.isRemoteAddress())) << host;
  }
  for (const char* host : {"dc.example", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "224.0.0.1",
                           "ff02::1", "::ffff:127.0.0.1", "149.154.167", ""}) {
    EXPECT_FALSE((Endpoint{host, 443}.isRemoteAddress())) << host;
  }
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

/// A port whose backlog is full: the system drops what comes, as a firewall does.
class SilentPort {
 public:
  SilentPort() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* where = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd_, where, size), 0);
    EXPECT_EQ(::listen(fd_, 0), 0);
    EXPECT_EQ(::getsockname(fd_, where, &size), 0);
    port_ = ntohs(address.sin_port);
    for (int& waiting : waiting_) {
      waiting = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      ::connect(waiting, where, size);
    }
  }

  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  ~SilentPort() {
    for (const int waiting : waiting_) {
      ::close(waiting);
    }
    ::close(fd_);
  }

  std::uint16_t port() const { return port_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::array<int, 4> waiting_{};
};

TEST(Tcp, GivesAnAddressThatNeverAnswersSoMuchTimeOnly) {
  boost::asio::io_context io;
  const SilentPort silent;
  Error seen(Errc::Internal, "");
  auto body = [&]() -> Task<void> {
    const Endpoint where{"127.0.0.1", silent.port()};
    auto stream = co_await connectTcp(where, std::chrono::milliseconds(50));
    EXPECT_FALSE(stream.ok());
    seen = stream.error();
  };
  runOn(io, body);
  EXPECT_EQ(seen.code(), Errc::Unreachable);
  EXPECT_NE(seen.text().find("no answer within"), std::string::npos) << seen.text();
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
