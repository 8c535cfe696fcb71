// SPDX-License-Identifier: Apache-2.0
#include "engine/client/client.h"

#include <fmt/format.h>

#include "engine/base/log.h"
#include "tests/client/client_fixture.h"

namespace mtpool::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Longer than anything here takes; what ends by it is a failure.
constexpr seconds kPatience{60};

TEST_F(ClientTest, CarriesARequestAndItsAnswer) {
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok()) << opened.error().text();
    EXPECT_TRUE(client_.trouble().empty()) << client_.trouble();
    const CallOptions options("test.echo", within(kPatience));
    const auto answer = co_await client_.invoke(echo(), options);
    EXPECT_TRUE(answer.ok() && *answer == echo());
  };
  run(body);
}

TEST_F(ClientTest, AKeyRefusedOnceIsALostConnection) {
  dc_.refusals = 1;
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok()) << opened.error().text();
  };
  run(body);
  EXPECT_EQ(dc_.connections, 2);
}

TEST_F(ClientTest, StopsKnockingWhenTheKeyIsRefusedTwiceInARow) {
  dc_.refusals = 5;
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::AuthKeyUnknown) << opened.error().text();
    // One account's trouble.
    EXPECT_FALSE(context_.reachability.trouble());
  };
  run(body);
  EXPECT_EQ(dc_.connections, 2);
}

TEST_F(ClientTest, Thr08BelievesNoStrangerWhileAnotherAddressIsLeft) {
  // Three ways to the same door, of which two say that it is another data centre.
  directory_ =
      DcDirectory::parse(
          fmt::format("{0}=127.0.0.1:{1},{0}=[::ffff:127.0.0.1]:{1},{0}=localhost:{1}", kDc, dc_.port()))
          .value();
  dc_.refuseWith = 444;
  dc_.refusals = 2;
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok()) << opened.error().text();
  };
  run(body);
  EXPECT_EQ(dc_.connections, 3);
}

TEST_F(ClientTest, BelievesAllAddressesThatTheyAreAnotherDataCentre) {
  dc_.refuseWith = 444;
  dc_.refusals = 5;
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::InvalidDc) << opened.error().text();
    EXPECT_EQ(client_.trouble(), opened.error().text());
  };
  run(body);
  EXPECT_EQ(dc_.connections, 2);
}

TEST_F(ClientTest, KnocksNowhereForADataCentreNobodyKnows) {
  auto body = [this]() -> Task<void> {
    Client stray(context_, loop_.get_executor(), 77, dc_.key());
    const auto opened = co_await stray.open(within(kPatience));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::NotFound) << opened.error().text();
    co_await stray.stop();
  };
  run(body);
  EXPECT_EQ(dc_.connections, 0);
}

TEST_F(ClientTest, TellsAllWhetherTelegramIsReached) {
  auto body = [this]() -> Task<void> {
    context_.reachability.failed("refused before", clock_.wall());
    EXPECT_TRUE((co_await client_.open(within(kPatience))).ok());
    EXPECT_FALSE(context_.reachability.trouble());
    // The connection counts as standing until it ends, by our own will too.
    context_.reachability.failed("another account's", clock_.wall());
    EXPECT_FALSE(context_.reachability.trouble());
    co_await client_.stop();
    context_.reachability.failed("the next one's", clock_.wall());
    EXPECT_TRUE(context_.reachability.trouble());
  };
  run(body);
}

TEST_F(ClientTest, TellsAllWhatATryToConnectFailedWith) {
  dc_.refuseInit.emplace_back(500, "INTERNAL");
  context_.pauses = {std::chrono::hours(2), std::chrono::hours(2)};
  auto body = [this]() -> Task<void> {
    async::TaskScope opening(loop_.get_executor());
    auto open = [this]() -> Task<void> { static_cast<void>(co_await client_.open(within(kPatience))); };
    opening.spawn("open", open());
    const auto told = [this] {
      const auto trouble = context_.reachability.trouble();
      return trouble && trouble->why.find("INTERNAL") != std::string::npos;
    };
    co_await eventually(told);
    co_await client_.stop();
    co_await opening.join();
  };
  run(body);
}

TEST_F(ClientTest, TellsAllWhenTelegramRefusesTheApplication) {
  dc_.refuseInit.emplace_back(400, "API_ID_INVALID");
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::InvalidConfig) << opened.error().text();
    const auto trouble = context_.reachability.trouble();
    EXPECT_TRUE(trouble && trouble->refused);
    EXPECT_TRUE(trouble && trouble->why.find("TELEGRAM_API_ID") != std::string::npos);
  };
  run(body);
}

TEST_F(ClientTest, SaysWhyAndForHowLongItRestsAfterARefusedKey) {
  dc_.refusals = 1;
  context_.pauses = {std::chrono::hours(2), std::chrono::hours(2)};
  auto body = [this]() -> Task<void> {
    Errc seen = Errc::Internal;
    async::TaskScope opening(loop_.get_executor());
    auto open = [this, &seen]() -> Task<void> {
      const auto opened = co_await client_.open(within(kPatience));
      seen = opened.ok() ? Errc::Internal : opened.error().code();
    };
    opening.spawn("open", open());
    const auto refused = [this] { return client_.trouble().find("-404") != std::string::npos; };
    co_await eventually(refused);
    EXPECT_NE(client_.trouble().find("tries again in"), std::string::npos) << client_.trouble();
    co_await client_.stop();
    co_await opening.join();
    EXPECT_EQ(seen, Errc::Cancelled);
  };
  run(body);
  EXPECT_EQ(dc_.connections, 1);
}

TEST_F(ClientTest, NamesTheLastFailureWhenTheTimeIsOver) {
  dc_.refusals = 1;
  context_.pauses = {std::chrono::hours(2), std::chrono::hours(2)};
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(milliseconds(200)));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::Timeout);
    EXPECT_NE(opened.error().text().find("no connection to data centre 2"), std::string::npos);
  };
  run(body);
}

TEST_F(ClientTest, OnlyAnAnswerUnderTheKeySaysThatTheAccountIsLost) {
  dc_.refuseInit.emplace_back(401, "AUTH_KEY_UNREGISTERED");
  auto body = [this]() -> Task<void> {
    context_.reachability.failed("refused before", clock_.wall());
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), Errc::Unauthorized) << opened.error().text();
    // It was Telegram that said so.
    EXPECT_FALSE(context_.reachability.trouble());
  };
  run(body);
  EXPECT_EQ(dc_.connections, 1);
}

TEST_F(ClientTest, ConnectsAgainWhenTheServersTroubleRefusesTheFirstCall) {
  dc_.refuseInit.emplace_back(500, "INTERNAL");
  dc_.refuseInit.emplace_back(-503, "Timeout");
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok()) << opened.error().text();
  };
  run(body);
  EXPECT_EQ(dc_.connections, 3);
}

TEST_F(ClientTest, Flt11LeavesASilentServerAndAsksTheNextConnection) {
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok());
    dc_.frozen = true;
    async::TaskScope asking(loop_.get_executor());
    int answered = 0;
    auto ask = [this, &answered]() -> Task<void> {
      const CallOptions options("test.echo", within(kPatience));
      const auto answer = co_await client_.invoke(echo(), options);
      EXPECT_TRUE(answer.ok()) << answer.error().text();
      ++answered;
    };
    asking.spawn("first", ask());
    // Only a server that owes an answer is silent: time passes after the question has arrived.
    const auto arrived = [this] { return dc_.unanswered > 0; };
    co_await eventually(arrived);
    // A new question makes the client look at the clock: first it asks for a pong, then it goes.
    const int before = dc_.unanswered;
    clock_.advance(seconds(20));
    asking.spawn("second", ask());
    const auto probed = [this, before] { return dc_.unanswered > before; };
    co_await eventually(probed);
    EXPECT_TRUE(client_.ready());
    clock_.advance(seconds(12));
    asking.spawn("third", ask());
    const auto left = [this] { return probe_.disconnects.value() == 1; };
    co_await eventually(left);
    EXPECT_NE(client_.trouble().find("has not answered"), std::string::npos) << client_.trouble();
    dc_.frozen = false;
    co_await asking.join();
    EXPECT_EQ(answered, 3);
  };
  run(body);
  EXPECT_EQ(dc_.connections, 2);
  EXPECT_EQ(dc_.queries, 3);
}

TEST_F(ClientTest, GivesTheAnswerThatCameBeforeWhatEndsTheConnection) {
  auto body = [this]() -> Task<void> {
    EXPECT_TRUE((co_await client_.open(within(kPatience))).ok());
    // No packet of another connection brings the answer.
    context_.pauses = {std::chrono::hours(2), std::chrono::hours(2)};
    dc_.rejectBesides = true;
    const CallOptions options("test.echo", within(seconds(10)));
    const auto answer = co_await client_.invoke(echo(), options);
    EXPECT_TRUE(answer.ok()) << answer.error().text();
    const auto left = [this] { return probe_.disconnects.value() == 1; };
    co_await eventually(left);
  };
  run(body);
}

TEST_F(ClientTest, TakesAPlaceAtTheGateForEachAddressItDials) {
  directory_ = DcDirectory::parse(fmt::format("{0}=127.0.0.1:1,{1}", kDc, dc_.dcList())).value();
  context_.connectRate = 0.001;
  auto body = [this]() -> Task<void> {
    EXPECT_FALSE((co_await client_.open(within(milliseconds(200)))).ok());
    EXPECT_NE(client_.trouble().find("MTPROTO_CONNECT_RATE"), std::string::npos) << client_.trouble();
  };
  run(body);
  EXPECT_EQ(probe_.connectFailures.value(), 1U);
  EXPECT_EQ(dc_.connections, 0);
}

TEST_F(ClientTest, RestsLongerAndLongerWhenItIsLetInAndDropped) {
  dc_.dropAfterInit = true;
  context_.pauses = {milliseconds(1), std::chrono::hours(2)};
  auto body = [this]() -> Task<void> {
    async::TaskScope opening(loop_.get_executor());
    auto open = [this]() -> Task<void> { static_cast<void>(co_await client_.open(within(kPatience))); };
    opening.spawn("open", open());
    std::string rest;
    const auto rests = [this, &rest] {
      if (client_.trouble().find("tries again in") != std::string::npos) {
        rest = client_.trouble();
      }
      return dc_.connections >= 200 || (!rest.empty() && rest.find("in 0.0 s") == std::string::npos);
    };
    co_await eventually(rests);
    EXPECT_LT(dc_.connections, 200) << rest;
    co_await client_.stop();
    co_await opening.join();
  };
  run(body);
}

TEST_F(ClientTest, SlowsTheGateWhenThereAreTooManyConnections) {
  dc_.refuseWith = 429;
  dc_.refusals = 1;
  context_.pauses = {milliseconds(1), milliseconds(1), milliseconds(1)};
  auto body = [this]() -> Task<void> { EXPECT_TRUE((co_await client_.open(within(kPatience))).ok()); };
  run(body);
  EXPECT_EQ(dc_.connections, 2);
  ConnectGate& gate = context_.connectGates[kDc];
  const MonoTime now = clock_.mono();
  const MonoTime first = gate.turn(1000, now);
  EXPECT_EQ(std::chrono::round<milliseconds>(gate.turn(1000, now) - first), milliseconds(2));
}

TEST_F(ClientTest, SaysThatTheOutcomeOfWhatMayNotBeRepeatedIsUnknown) {
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok());
    dc_.frozen = true;
    CallOptions options("test.once", within(milliseconds(1)));
    const auto read = co_await client_.invoke(echo(), options);
    EXPECT_EQ(read.error().code(), Errc::Timeout) << read.error().text();
    options.deadline = within(milliseconds(1));
    options.idempotency = mtproto::Idempotency::Never;
    const auto once = co_await client_.invoke(echo(), options);
    EXPECT_EQ(once.error().code(), Errc::OutcomeUnknown) << once.error().text();
    dc_.frozen = false;
  };
  run(body);
}

int duplicateLines = 0;

void countDuplicates(log::Level /*level*/, std::string_view /*component*/, std::string_view line) {
  duplicateLines += line.find("duplicate") != std::string_view::npos ? 1 : 0;
}

TEST_F(ClientTest, LeavesAConnectionThatOnlyRepeatsItselfWithFewWords) {
  log::setSink(countDuplicates);
  auto body = [this]() -> Task<void> {
    const auto opened = co_await client_.open(within(kPatience));
    EXPECT_TRUE(opened.ok());
    dc_.copies = 300;
    const CallOptions options("test.echo", within(kPatience));
    const auto answer = co_await client_.invoke(echo(), options);
    EXPECT_TRUE(answer.ok());
    const auto left = [this] { return probe_.disconnects.value() == 1; };
    co_await eventually(left);
    dc_.copies = 1;
  };
  run(body);
  log::setSink(nullptr);
  EXPECT_GT(duplicateLines, 0);
  EXPECT_LT(duplicateLines, 20);
}

int staleLines = 0;

void countStale(log::Level /*level*/, std::string_view /*component*/, std::string_view line) {
  staleLines += line.find("stale") != std::string_view::npos ? 1 : 0;
}

TEST_F(ClientTest, LosesNoWordOfTheServerToAHostClockThatLags) {
  log::setSink(countStale);
  dc_.greets = true;
  const LaggingClock behind(clock_, seconds(120));
  ClientContext context{.clock = behind,
                        .random = random_,
                        .crypto = crypto_,
                        .directory = directory_,
                        .serverKeys = {},
                        .application = {},
                        .probe = probe_};
  Client client(context, loop_.get_executor(), kDc, dc_.key());
  auto body = [this, &client]() -> Task<void> {
    const auto opened = co_await client.open(within(kPatience));
    EXPECT_TRUE(opened.ok()) << opened.error().text();
    const CallOptions options("test.echo", within(kPatience));
    EXPECT_TRUE((co_await client.invoke(echo(), options)).ok());
    co_await client.stop();
  };
  run(body);
  log::setSink(nullptr);
  EXPECT_EQ(staleLines, 0);
}

TEST_F(ClientTest, ItsOwnStopEndsWhatWaitsAsCancelled) {
  auto body = [this]() -> Task<void> {
    EXPECT_TRUE((co_await client_.open(within(kPatience))).ok());
    dc_.frozen = true;
    async::TaskScope asking(loop_.get_executor());
    Errc seen = Errc::Internal;
    auto ask = [this, &seen]() -> Task<void> {
      const CallOptions options("test.echo", within(kPatience));
      const auto answer = co_await client_.invoke(echo(), options);
      seen = answer.ok() ? Errc::Internal : answer.error().code();
    };
    asking.spawn("first", ask());
    co_await async::yieldNow();
    co_await client_.stop();
    co_await asking.join();
    EXPECT_EQ(seen, Errc::Cancelled);
  };
  run(body);
}

}  // namespace
}  // namespace mtpool::client
