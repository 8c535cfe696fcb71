// SPDX-License-Identifier: Apache-2.0
#include "engine/control/subscription.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include <boost/asio/io_context.hpp>

#include "engine/control/sent_rows.h"
#include "engine/control/view.h"
#include "tests/control/fake_engine.h"
#include "tests/control/raw_client.h"

namespace mtpool::test {
namespace {

using admin::Topic;

// Does the state an item brings, as a client would.
struct Mirror {
  void take(const v1::Item& item) {
    if (item.reset()) {
      messages.clear();
    }
    for (const auto& session : item.sessions()) {
      messages[session.id()] = session.messages();
    }
    for (const auto id : item.removed_ids()) {
      messages.erase(id);
    }
  }

  std::map<std::int64_t, std::int64_t> messages;
};

v1::Envelope subscribeTo(v1::Topic topic) {
  v1::Envelope request;
  request.set_request_id(50);
  request.mutable_subscribe()->set_topic(topic);
  request.mutable_subscribe()->set_max_per_second(4);
  return request;
}

bool isHeartbeat(const v1::Item& item) {
  return !item.reset() && item.sessions().empty() && item.removed_ids().empty() && !item.has_status();
}

// The next item with news.
v1::Item next(RawClient& client) {
  while (auto envelope = client.receive()) {
    if (envelope->has_item() && !isHeartbeat(envelope->item())) {
      EXPECT_EQ(envelope->request_id(), 50U);
      return envelope->item();
    }
  }
  ADD_FAILURE() << "the connection ended";
  return {};
}

void setSession(FakeEngine& engine, std::int64_t id, std::int64_t messages) {
  engine.on([=](FakeOperations& operations) {
    auto found = std::ranges::find(operations.sessions_, model::SessionId(id), &model::Session::id);
    auto& session = found == operations.sessions_.end() ? operations.sessions_.emplace_back() : *found;
    session.id = model::SessionId(id);
    session.messages = messages;
    operations.touch(Topic::Sessions);
  });
}

TEST(Subscription, BeginsWithEverythingThenSendsOnlyWhatChanged) {
  FakeEngine engine;
  setSession(engine, 1, 10);
  setSession(engine, 2, 20);
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_SESSIONS));
  const auto first = next(client);
  EXPECT_TRUE(first.reset());
  EXPECT_EQ(first.topic(), v1::TOPIC_SESSIONS);
  EXPECT_EQ(first.sessions_size(), 2);
  setSession(engine, 2, 21);
  const auto second = next(client);
  EXPECT_FALSE(second.reset());
  ASSERT_EQ(second.sessions_size(), 1);
  EXPECT_EQ(second.sessions(0).messages(), 21);
  EXPECT_GT(second.version(), first.version());
}

TEST(Subscription, NamesWhatIsGone) {
  FakeEngine engine;
  setSession(engine, 1, 10);
  setSession(engine, 2, 20);
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_SESSIONS));
  next(client);
  engine.on([](FakeOperations& operations) {
    operations.sessions_.erase(operations.sessions_.begin());
    operations.touch(Topic::Sessions);
  });
  const auto item = next(client);
  EXPECT_EQ(item.sessions_size(), 0);
  ASSERT_EQ(item.removed_ids_size(), 1);
  EXPECT_EQ(item.removed_ids(0), 1);
}

TEST(Subscription, BeginsWithAnItemAlsoWhenThereIsNothing) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_SESSIONS));
  EXPECT_TRUE(next(client).reset());
}

TEST(Subscription, BeatsWhenThereIsNoNews) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_SESSIONS));
  next(client);
  for (int i = 0; i < 2; ++i) {
    const auto beat = client.receive();
    ASSERT_TRUE(beat);
    EXPECT_TRUE(isHeartbeat(beat->item()));
  }
  EXPECT_EQ(engine.on([](FakeOperations& operations) { return operations.looks_; }), 1U)
      << "nothing changed, nothing read";
}

TEST(Subscription, SendsTheHistoryOfTheChartsOnce) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { operations.history_.resize(100); });
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_STATUS));
  const auto first = next(client);
  EXPECT_EQ(first.history_size(), 100);
  EXPECT_EQ(first.status().max_concurrent_users(), 10);
  engine.on([](FakeOperations& operations) { operations.touch(Topic::Status); });
  const auto second = next(client);
  EXPECT_EQ(second.history_size(), 0);
  EXPECT_TRUE(second.has_status());
}

TEST(Subscription, EveryTopicBegins) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { operations.progress_.emplace_back(); });
  RawClient client(engine.socket());
  client.hello();
  for (int topic = v1::Topic_MIN + 1; topic <= v1::Topic_MAX; ++topic) {
    auto request = subscribeTo(static_cast<v1::Topic>(topic));
    request.set_request_id(static_cast<std::uint64_t>(100 + topic));
    client.send(request);
  }
  std::set<int> begun;
  while (begun.size() < 6) {
    const auto envelope = client.receive();
    ASSERT_TRUE(envelope);
    if (envelope->item().reset()) {
      EXPECT_EQ(envelope->request_id(), static_cast<std::uint64_t>(100 + envelope->item().topic()));
      begun.insert(envelope->item().topic());
    }
  }
}

TEST(Subscription, EndsWithTheReasonWhenTheViewFails) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_PROGRESS));
  const auto item = client.receive();
  ASSERT_TRUE(item);
  EXPECT_EQ(item->item().ended().code(), "not_found");
}

TEST(Subscription, IsSilentAfterUnsubscribe) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  client.send(subscribeTo(v1::TOPIC_SESSIONS));
  next(client);
  v1::Envelope stop;
  stop.mutable_unsubscribe()->set_subscription(50);
  EXPECT_TRUE(client.ask(stop, 60).has_done());
  EXPECT_EQ(client.ask(stop, 61).failure().code(), "not_found");
  setSession(engine, 1, 1);
  v1::Envelope request;
  request.mutable_get_status();
  request.set_request_id(62);
  client.send(request);
  EXPECT_EQ(client.receive()->request_id(), 62U);
}

TEST(Subscription, RefusesUnknownTopicsTakenIdsAndTooMany) {
  FakeEngine engine;
  RawClient client(engine.socket());
  client.hello();
  EXPECT_EQ(client.ask(subscribeTo(static_cast<v1::Topic>(99)), 1).failure().code(), "invalid_argument");
  for (std::uint64_t id = 100; id < 100 + control::Peer::kMaxSubscriptions; ++id) {
    EXPECT_TRUE(client.ask(subscribeTo(v1::TOPIC_SETTINGS), id).item().reset());
  }
  EXPECT_EQ(client.ask(subscribeTo(v1::TOPIC_SETTINGS), 200).failure().code(), "limit_exceeded");
  auto again = subscribeTo(v1::TOPIC_SETTINGS);
  again.set_request_id(100);
  client.send(again);
  while (auto envelope = client.receive()) {
    if (envelope->has_failure()) {
      EXPECT_EQ(envelope->failure().code(), "already_exists");
      break;
    }
  }
}

TEST(Subscription, CountsUntilItHasEndedAlsoWhenItIsNoLongerWanted) {
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { operations.holdSessions_ = true; });
  RawClient client(engine.socket());
  client.hello();
  for (std::uint64_t id = 100; id < 100 + control::Peer::kMaxSubscriptions; ++id) {
    auto request = subscribeTo(v1::TOPIC_SESSIONS);
    request.set_request_id(id);
    client.send(request);
    v1::Envelope stop;
    stop.mutable_unsubscribe()->set_subscription(id);
    EXPECT_TRUE(client.ask(stop, 60).has_done());
  }
  EXPECT_EQ(client.ask(subscribeTo(v1::TOPIC_SESSIONS), 200).failure().code(), "limit_exceeded");
}

TEST(Subscription, EndsWhenStoppedAlsoWhileThePeerDoesNotRead) {
  bool ended = false;
  bool endedBefore = false;
  boost::asio::io_context io;
  control::Outbox outbox(io.get_executor());
  outbox.tryPush("unread");
  v1::Subscribe wanted;
  wanted.set_topic(v1::TOPIC_SESSIONS);
  auto view = control::makeView(wanted);
  ASSERT_TRUE(view.ok());
  control::Subscription subscription(outbox, io.get_executor(), 50, std::move(*view), control::Pace());
  FakeOperations operations(io.get_executor());
  const SystemClock clock;
  async::TaskScope scope(io.get_executor());
  auto follow = [&]() -> Task<void> {
    co_await subscription.run(operations, clock);
    ended = true;
  };
  scope.spawn("subscription", follow());
  auto body = [&]() -> Task<void> {
    co_await async::yieldNow();
    subscription.stop();
    for (int turn = 0; turn < 100 && !ended; ++turn) {
      co_await async::yieldNow();
    }
    endedBefore = ended;
    outbox.close();
  };
  scope.spawn("test", body());
  io.run();
  EXPECT_TRUE(endedBefore);
  EXPECT_TRUE(ended);
}

// Rows big enough that a socket holds only a few states.
void fillTable(FakeOperations& operations, std::int64_t round) {
  constexpr int kRows = 1000;
  operations.sessions_.resize(kRows);
  for (int i = 0; i < kRows; ++i) {
    auto& session = operations.sessions_[static_cast<std::size_t>(i)];
    session.id = model::SessionId(i);
    session.messages = round;
    session.target = std::string(300, 't');
  }
  operations.touch(Topic::Sessions);
}

TEST(Subscription, ASlowPeerSkipsStatesAndGetsTheNewest) {
  constexpr std::int64_t kRounds = 200;
  FakeEngine engine;
  engine.on([](FakeOperations& operations) { fillTable(operations, 0); });
  RawClient slow(engine.socket());
  slow.hello();
  slow.send(subscribeTo(v1::TOPIC_SESSIONS));
  RawClient other(engine.socket());
  other.hello();
  for (std::int64_t round = 1; round <= kRounds; ++round) {
    engine.on([round](FakeOperations& operations) { fillTable(operations, round); });
    v1::Envelope request;
    request.mutable_get_status();
    EXPECT_TRUE(other.ask(request).has_status_reply());
  }
  const auto looks = engine.on([](FakeOperations& operations) { return operations.looks_; });
  EXPECT_LT(looks, 8U) << "states were built for a peer that does not read";
  Mirror mirror;
  while (mirror.messages.size() < 1000 || mirror.messages[999] < kRounds) {
    mirror.take(next(slow));
  }
  for (const auto& [id, messages] : mirror.messages) {
    EXPECT_EQ(messages, kRounds) << id;
  }
}

TEST(Subscription, APeerThatNeverReadsIsDropped) {
  auto options = quickOptions();
  options.writeWithin = std::chrono::milliseconds(20);
  FakeEngine engine(everybodyIs(admin::Role::Admin), options);
  engine.on([](FakeOperations& operations) { fillTable(operations, 0); });
  RawClient stuck(engine.socket());
  stuck.hello();
  stuck.send(subscribeTo(v1::TOPIC_SESSIONS));
  std::int64_t round = 0;
  // The hang-up arrives whether or not anything is read.
  pollfd entry{stuck.fd(), POLLRDHUP, 0};
  while (::poll(&entry, 1, 1) == 0) {
    engine.on([&round](FakeOperations& operations) { fillTable(operations, ++round); });
  }
  EXPECT_NE(entry.revents & (POLLRDHUP | POLLHUP), 0);
}

TEST(Pace, IsAtMostFourASecondAndTwoUnlessAsked) {
  using std::chrono::milliseconds;
  EXPECT_EQ(control::intervalOf(0, milliseconds(1000)), milliseconds(500));
  EXPECT_EQ(control::intervalOf(1, milliseconds(1000)), milliseconds(1000));
  EXPECT_EQ(control::intervalOf(1000, milliseconds(1000)), milliseconds(250));
}

TEST(SentRows, TellsNewChangedSameAndGone) {
  control::SentRows<std::int64_t> sent;
  v1::Session row;
  row.set_id(1);
  sent.begin();
  EXPECT_TRUE(sent.changed(1, row));
  EXPECT_TRUE(sent.removed().empty());
  sent.begin();
  EXPECT_FALSE(sent.changed(1, row));
  row.set_messages(5);
  sent.begin();
  EXPECT_TRUE(sent.changed(1, row));
  sent.begin();
  EXPECT_EQ(sent.removed(), std::vector<std::int64_t>{1});
  EXPECT_TRUE(sent.removed().empty());
}

}  // namespace
}  // namespace mtpool::test
