// SPDX-License-Identifier: Apache-2.0
#include "engine/control/server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "engine/control/peer.h"
#include "tests/control/fake_engine.h"
#include "tests/control/raw_client.h"

namespace mtpool::test {
namespace {

v1::Envelope statusRequest() {
  v1::Envelope request;
  request.mutable_get_status();
  return request;
}

v1::Envelope collectRequest(const std::string& target) {
  v1::Envelope request;
  request.mutable_collect()->set_target(target);
  return request;
}

TEST(Server, WelcomesAClientAndSaysItsRole) {
  FakeEngine engine(everybodyIs(admin::Role::Operator));
  RawClient client(engine.socket());
  const auto reply = client.hello();
  EXPECT_EQ(reply.welcome().major(), 1U);
  EXPECT_EQ(reply.welcome().engine_version(), "0.1.0");
  EXPECT_EQ(reply.welcome().engine_name(), "fake");
  EXPECT_EQ(reply.welcome().role(), v1::ROLE_OPERATOR);
  EXPECT_EQ(reply.welcome().pid(), ::getpid());
}

TEST(Server, RefusesAnotherMajorVersionWithASentence) {
  FakeEngine engine;
  RawClient client(engine.socket());
  const auto reply = client.hello(2);
  EXPECT_EQ(reply.failure().code(), "unsupported");
  EXPECT_NE(reply.failure().text().find("version 1"), std::string::npos) << reply.failure().text();
  EXPECT_FALSE(client.receive());
}

TEST(Server, WantsAHelloFirst) {
  FakeEngine engine;
  RawClient client(engine.socket());
  const auto reply = client.ask(statusRequest(), 0);
  EXPECT_EQ(reply.failure().code(), "malformed");
  EXPECT_FALSE(client.receive());
}

TEST(Server, DoesNotWaitForAHelloForever) {
  auto options = quickOptions();
  options.helloWithin = std::chrono::milliseconds(5);
  FakeEngine engine(everybodyIs(admin::Role::Admin), options);
  RawClient client(engine.socket());
  const auto reply = client.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->failure().code(), "timeout");
  EXPECT_FALSE(client.receive());
}

TEST(Server, DoesNotWaitForTheRestOfAFrameForever) {
  auto options = quickOptions();
  options.frameWithin = std::chrono::milliseconds(5);
  FakeEngine engine(everybodyIs(admin::Role::Admin), options);
  RawClient client(engine.socket());
  client.hello();
  client.sendBytes(RawClient::header(100) + "half");
  const auto reply = client.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->failure().code(), "timeout");
  EXPECT_FALSE(client.receive());
}

TEST(Server, EndsAClientThatSendsGarbageAndServesTheOthers) {
  FakeEngine engine;
  RawClient good(engine.socket());
  good.hello();
  const std::vector<std::string> garbage{
      std::string(4, '\xFF'), RawClient::header(0), RawClient::header(1024 * 1024 + 1),
      RawClient::header(5) + "\xFF\xFF\xFF\xFF\xFF", std::string("GET / HTTP/1.1\r\n\r\n")};
  for (const auto& bytes : garbage) {
    RawClient bad(engine.socket());
    bad.hello();
    bad.sendBytes(bytes);
    const auto reply = bad.receive();
    ASSERT_TRUE(reply) << bytes.size();
    EXPECT_TRUE(reply->failure().code() == "malformed" || reply->failure().code() == "limit_exceeded");
    EXPECT_FALSE(bad.receive());
  }
  EXPECT_EQ(good.ask(statusRequest()).status_reply().max_concurrent_users(), 10);
}

TEST(Server, ServesEightClientsOfOneUserAndTellsTheNextOneWhy) {
  FakeEngine engine;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < control::PeerSlots::kMaxPerUser; ++i) {
    clients.push_back(std::make_unique<RawClient>(engine.socket()));
    EXPECT_TRUE(clients.back()->hello().has_welcome());
  }
  RawClient late(engine.socket());
  const auto reply = late.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->failure().code(), "busy");
  EXPECT_FALSE(late.receive());
  EXPECT_TRUE(clients.front()->ask(statusRequest()).has_status_reply());
  // The place is free as soon as the engine has seen him go.
  clients.pop_back();
  bool served = false;
  while (!served) {
    RawClient next(engine.socket());
    served = next.hello().has_welcome();
  }
}

TEST(Server, RefusesAStrangerWithTheReason) {
  const auto nobody = [](const net::PeerCredentials&) {
    return Result<admin::Role>(Error(Errc::Refused, "user 65534 may not talk to this engine"));
  };
  FakeEngine engine(nobody);
  RawClient client(engine.socket());
  const auto reply = client.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->failure().code(), "refused");
  EXPECT_FALSE(client.receive());
}

TEST(Server, AnswersOtherRequestsWhileOneTakesLong) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  auto slow = collectRequest("@hang");
  slow.set_request_id(1);
  client.send(slow);
  EXPECT_TRUE(client.ask(statusRequest(), 2).has_status_reply());
}

TEST(Server, AllowsSixtyFourUnansweredRequestsAndRefusesTheNext) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  for (std::uint64_t id = 1; id <= control::Peer::kMaxRequests; ++id) {
    auto slow = collectRequest("@hang");
    slow.set_request_id(id);
    client.send(slow);
  }
  EXPECT_EQ(client.ask(statusRequest(), 100).failure().code(), "busy");
}

TEST(Server, MakesNoMoreAnswersThanAClientReads) {
  constexpr int kTargets = 5000;
  FakeEngine engine;
  engine.on([](FakeOperations& operations) {
    operations.targets_.resize(kTargets);
    for (auto& target : operations.targets_) {
      target.title = std::string(300, 't');
    }
  });
  RawClient client(engine.socket());
  client.hello();
  for (std::uint64_t id = 1; id <= control::Peer::kMaxRequests; ++id) {
    v1::Envelope request;
    request.mutable_list_targets();
    request.set_request_id(id);
    client.send(request);
  }
  RawClient other(engine.socket());
  other.hello();
  for (int turn = 0; turn < 100; ++turn) {
    EXPECT_TRUE(other.ask(statusRequest()).has_status_reply());
  }
  const auto lists = [](FakeOperations& operations) {
    return std::ranges::count(operations.calls_, std::string("targets"));
  };
  EXPECT_LT(engine.on(lists), 8) << "lists were made for a peer that does not read";
  std::size_t rows = 0;
  while (rows < control::Peer::kMaxRequests * kTargets) {
    const auto part = client.receive();
    ASSERT_TRUE(part);
    rows += static_cast<std::size_t>(part->targets_reply().targets_size());
  }
}

TEST(Server, CancelsTheRequestsOfAClientThatLeft) {
  FakeEngine engine;
  {
    RawClient client(engine.socket());
    client.hello();
    auto slow = collectRequest("@hang");
    slow.set_request_id(1);
    client.send(slow);
    engine.until([](FakeOperations& operations) { return operations.hanging_ == 1; });
  }
  engine.until([](FakeOperations& operations) { return operations.hanging_ == 0; });
}

TEST(Server, StopsWhileRequestsRunAndTellsEveryClient) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  auto slow = collectRequest("@hang");
  slow.set_request_id(1);
  client.send(slow);
  engine.until([](FakeOperations& operations) { return operations.hanging_ == 1; });
  engine.stop();
  bool answered = false;
  bool toldWhy = false;
  while (auto last = client.receive()) {
    answered = answered || (last->request_id() == 1 && last->failure().code() == "cancelled");
    toldWhy = toldWhy || (last->request_id() == 0 && last->failure().text() == "the engine is stopping");
  }
  EXPECT_TRUE(answered);
  EXPECT_TRUE(toldWhy);
  EXPECT_FALSE(std::filesystem::exists(engine.socket()));
}

TEST(Server, StopsAlsoWhileAClientSaysNothing) {
  FakeEngine engine;
  RawClient client(engine.socket());
  engine.stop();
  while (client.receive()) {
  }
}

TEST(Server, SaysOfAnUnknownRequestThatTheClientIsNewer) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  v1::Envelope empty;
  EXPECT_EQ(client.ask(empty).failure().code(), "unsupported");
  EXPECT_TRUE(client.ask(statusRequest()).has_status_reply());
}

}  // namespace
}  // namespace mtpool::test
