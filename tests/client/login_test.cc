// SPDX-License-Identifier: Apache-2.0
#include "engine/client/login.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "engine/async/scope.h"
#include "engine/async/shard.h"
#include "engine/sim/cluster.h"
#include "engine/telemetry/registry.h"

namespace mtpool::client {
namespace {

constexpr std::int32_t kHome = 2;
constexpr const char* kPhone = "+9996621234";
constexpr const char* kPhoneWithPassword = "+9996620000";
constexpr std::chrono::seconds kPatience{60};
// The code is taken after whoever entered it has stopped waiting.
constexpr const char* kLate = "delay milliseconds=900 method=auth.signIn";
constexpr std::chrono::milliseconds kTooShort{300};

/// Made once: a key costs a tenth of a second.
const crypto::RsaPrivateKey& serverKey() {
  static const crypto::RsaPrivateKey kKey = [] {
    SeededRandom random(1);
    return crypto::RsaPrivateKey::generate(random);
  }();
  return kKey;
}

sim::WorldOptions smallWorld() {
  sim::WorldOptions options;
  options.seed = 3;
  options.channels = 1;
  options.messages = 10;
  return options;
}

/// Logins at a simulated Telegram that does what it is asked, and does not say so in time.
class LoginTest : public testing::Test {
 protected:
  LoginTest() {
    const std::vector<sim::DcAddress> wanted{{kHome, "127.0.0.1", 0}};
    const auto listening = cluster_.listen(wanted);
    EXPECT_TRUE(listening) << listening.error().text();
    directory_ = DcDirectory::parse(cluster_.dcList()).value();
    crypto_.start();
    context_.connectRate = 1000;
    context_.pauses = {std::chrono::milliseconds(2), std::chrono::milliseconds(2)};
    context_.serverKeys.push_back(serverKey().publicKey());
    context_.application.apiId = 1;
    context_.application.systemVersion = "test";
    context_.application.appVersion = "1";
    context_.application.apiHash = SecretString("hash");
  }

  void fault(const std::string& line) {
    scene_.faults = sim::FaultPlan(sim::parseFaults("test", line).value());
  }

  template <class Body>
  void run(Body& body) {
    cluster_.start();
    async::TaskScope scope(loop_.get_executor());
    auto whole = [this](Body& inner) -> Task<void> {
      co_await inner();
      co_await login_.stop();
      cluster_.stop();
    };
    scope.spawn("test", whole(body));
    loop_.run();
  }

  MonoTime soon() const { return clock_.mono() + kPatience; }

  Task<Result<LoginProgress>> enter(std::string phone, std::chrono::milliseconds patience = kPatience) {
    auto sent = co_await login_.startPhone(std::move(phone), soon());
    EXPECT_TRUE(sent.ok()) << sent.error().text();
    SecretString code(sim::kLoginCode);
    co_return co_await login_.submitCode(std::move(code), clock_.mono() + patience);
  }

  SystemClock clock_;
  SeededRandom random_{17};
  sim::World world_{smallWorld()};
  sim::Scene scene_{world_, serverKey(), {kHome}, clock_, random_};
  boost::asio::io_context loop_{1};
  sim::Cluster cluster_{loop_.get_executor(), scene_};
  async::BlockingThread crypto_{"crypto"};
  DcDirectory directory_;
  telemetry::Registry registry_;
  Probe probe_{registry_};
  ClientContext context_{.clock = clock_,
                         .random = random_,
                         .crypto = crypto_,
                         .directory = directory_,
                         .serverKeys = {},
                         .application = {},
                         .probe = probe_};
  Login login_{context_, loop_.get_executor(), kHome};
};

TEST_F(LoginTest, OwnsALoginThatNobodyConfirmed) {
  fault(kLate);
  auto body = [this]() -> Task<void> {
    const auto entered = co_await enter(kPhone, kTooShort);
    EXPECT_TRUE(entered.ok()) << entered.error().text();
    const LoggedIn done = co_await login_.finish();
    EXPECT_NE(done.telegramId, 0);
    EXPECT_TRUE(done.keys.byDc.contains(kHome));
  };
  run(body);
}

TEST_F(LoginTest, AsksForThePasswordAlsoWhenNobodySaidThatItIsWanted) {
  fault(kLate);
  auto body = [this]() -> Task<void> {
    const auto entered = co_await enter(kPhoneWithPassword, kTooShort);
    EXPECT_TRUE(entered.ok()) << entered.error().text();
    EXPECT_EQ(entered->needs, LoginNeeds::Password);
  };
  run(body);
}

TEST_F(LoginTest, TakesTheAnswerToThePasswordFromTheNextConnection) {
  fault("close every=1 method=auth.checkPassword");
  auto body = [this]() -> Task<void> {
    const auto entered = co_await enter(kPhoneWithPassword);
    EXPECT_TRUE(entered.ok()) << entered.error().text();
    SecretString password(sim::kLoginPassword);
    const auto proved = co_await login_.submitPassword(std::move(password), soon());
    EXPECT_TRUE(proved.ok()) << proved.error().text();
    const LoggedIn done = co_await login_.finish();
    EXPECT_NE(done.telegramId, 0);
  };
  run(body);
}

TEST_F(LoginTest, IsLoggedOutAlsoWhenTheAnswerGotLost) {
  fault("close every=1 method=auth.logOut");
  auto body = [this]() -> Task<void> {
    const auto entered = co_await enter(kPhone);
    EXPECT_TRUE(entered.ok()) << entered.error().text();
    LoggedIn done = co_await login_.finish();
    Client client(context_, loop_.get_executor(), kHome, std::move(done.keys.byDc.at(kHome)));
    const auto opened = co_await client.open(soon());
    EXPECT_TRUE(opened.ok());
    const auto out = co_await logOut(client, soon());
    EXPECT_TRUE(out.ok()) << out.error().text();
    const auto again = co_await logOut(client, soon());
    EXPECT_TRUE(again.ok()) << again.error().text();
    co_await client.stop();
  };
  run(body);
}

}  // namespace
}  // namespace mtpool::client
