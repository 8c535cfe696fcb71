// SPDX-License-Identifier: Apache-2.0
#include "engine/net/unix_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/asio/io_context.hpp>

#include "engine/async/scope.h"

namespace mtpool::net {
namespace {

class UnixSocket : public testing::Test {
 protected:
  UnixSocket() {
    std::string pattern = "/tmp/mtpool-net-XXXXXX";
    MTP_CHECK(::mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
  }

  ~UnixSocket() override { std::filesystem::remove_all(directory_); }

  std::string path(const std::string& name = "s") const { return directory_ + "/" + name; }

  Result<UnixListener> bind(const std::string& where) {
    return UnixListener::bind(io_.get_executor(), where);
  }

  template <class F>
  void run(F body) {
    async::TaskScope scope(io_.get_executor());
    scope.spawn("test", body());
    io_.run();
  }

  boost::asio::io_context io_;
  std::string directory_;
};

TEST_F(UnixSocket, CarriesBytesAndSaysWhoConnected) {
  PeerCredentials seen;
  std::string got;
  auto body = [&]() -> Task<void> {
    auto listener = bind(path());
    EXPECT_TRUE(listener.ok());
    auto client = co_await connectUnix(listener->path());
    EXPECT_TRUE(client.ok());
    auto peer = co_await listener->accept();
    EXPECT_TRUE(peer.ok());
    seen = peer->credentials;
    auto sent = co_await (*client)->writeAll(viewOf("hello"));
    EXPECT_TRUE(sent.ok());
    Bytes buffer(16);
    auto n = co_await peer->stream->readSome(buffer);
    got = std::string(charsOf(ByteView(buffer).first(*n)));
  };
  run(body);
  EXPECT_EQ(got, "hello");
  EXPECT_EQ(seen.uid, ::geteuid());
  EXPECT_EQ(seen.gid, ::getegid());
  EXPECT_EQ(seen.pid, ::getpid());
}

TEST_F(UnixSocket, IsOpenToAllBecausePeersAreChecked) {
  auto listener = bind(path());
  ASSERT_TRUE(listener.ok());

  struct stat info {};

  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0666U);
}

TEST_F(UnixSocket, MakesItsDirectoryWhereOneLevelIsMissing) {
  EXPECT_TRUE(bind(path("run/s")).ok());
  EXPECT_FALSE(bind(path("a/b/s")).ok());
}

TEST_F(UnixSocket, SaysThatAPathIsTooLongBeforeTouchingAnything) {
  const std::string fits = path(std::string(kMaxUnixPath - directory_.size() - 1, 'x'));
  ASSERT_EQ(fits.size(), kMaxUnixPath);
  EXPECT_TRUE(bind(fits).ok());
  const auto refused = bind(fits + "x");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::InvalidArgument);
  EXPECT_NE(refused.error().text().find("107"), std::string::npos) << refused.error().text();
}

TEST_F(UnixSocket, ReplacesAFileNobodyAnswersOn) {
  {
    // What a killed process leaves: the file without the listener.
    auto dead = bind(path());
    ASSERT_TRUE(dead.ok());
    std::filesystem::rename(path(), path("kept"));
  }
  std::filesystem::rename(path("kept"), path());
  ASSERT_TRUE(std::filesystem::is_socket(path()));
  EXPECT_TRUE(bind(path()).ok());
}

TEST_F(UnixSocket, LeavesAListenerThatAnswersAlone) {
  auto first = bind(path());
  ASSERT_TRUE(first.ok());
  const auto second = bind(path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code(), Errc::Refused);
  EXPECT_NE(second.error().text().find("another engine"), std::string::npos) << second.error().text();
  bool connects = false;
  auto body = [&]() -> Task<void> { connects = (co_await connectUnix(path())).ok(); };
  run(body);
  EXPECT_TRUE(connects);
}

TEST_F(UnixSocket, NeverRemovesWhatIsNoSocket) {
  std::ofstream(path()) << "precious";
  EXPECT_EQ(bind(path()).error().code(), Errc::Refused);
  EXPECT_EQ(std::filesystem::file_size(path()), 8U);
}

TEST_F(UnixSocket, RefusesADirectoryOthersMayWriteTo) {
  std::filesystem::permissions(directory_, std::filesystem::perms::all);
  const auto refused = bind(path());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code(), Errc::Refused);
}

TEST_F(UnixSocket, RemovesItsFileAtTheEndButNotThatOfASuccessor) {
  { auto listener = bind(path()); }
  EXPECT_FALSE(std::filesystem::exists(path()));
  auto first = bind(path());
  ASSERT_TRUE(first.ok());
  std::filesystem::remove(path());
  auto second = bind(path());
  ASSERT_TRUE(second.ok());
  first->close();
  EXPECT_TRUE(std::filesystem::exists(path()));
}

TEST_F(UnixSocket, SaysWhyItCannotConnect) {
  std::string text;
  auto body = [&]() -> Task<void> {
    auto stream = co_await connectUnix(path("nobody"));
    text = stream.error().text();
  };
  run(body);
  EXPECT_NE(text.find("No such file"), std::string::npos) << text;
}

}  // namespace
}  // namespace mtpool::net
