// SPDX-License-Identifier: Apache-2.0
// Both halves of a session over a wire in memory.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "engine/mtproto/server_session.h"
#include "tests/mtproto/raw_peer.h"

namespace mtpool::mtproto {

/// Both halves, a wire in memory, and a server that answers numbered queries and counts what it executed.
struct SessionPair {
  explicit SessionPair(std::uint64_t seed, std::uint64_t clientSalt = 1)
      : random(seed),
        client(testKey(), clientSalt, clientClock, random),
        server(testKey(), SaltSchedule(seed, 1, kStart), serverClock, random) {}

  void advance(std::chrono::microseconds by) {
    clientClock.advance(by);
    serverClock.advance(by);
  }

  RequestId ask(std::uint32_t number, Idempotency idempotency = Idempotency::Read) {
    const RequestId id = *client.submit(numbered(kQueryId, number), idempotency);
    asked[id] = number;
    return id;
  }

  void clientSends() {
    for (Bytes& packet : client.takePackets()) {
      toServer.push_back(std::move(packet));
    }
  }

  void serverReceives(const Bytes& packet) {
    auto received = server.receive(packet);
    ASSERT_TRUE(received.ok());
    if (received->sessionId != carried) {
      carried = received->sessionId;
    }
    if (reconnected) {
      server.onReconnected(carried);
      reconnected = false;
    }
    for (const ServerEvent& event : received->events) {
      if (const auto* violation = std::get_if<ServerViolation>(&event)) {
        violations.push_back(violation->what);
      } else if (const auto* deviation = std::get_if<ServerDeviation>(&event)) {
        deviations.push_back(deviation->what);
      } else if (const auto* query = std::get_if<ServerQuery>(&event)) {
        ++executed[numberIn(query->body)];
        server.answer(query->sessionId, query->msgId,
                      numbered(kAnswerId, numberIn(query->body), answerWords));
      }
    }
  }

  void serverSends() {
    for (Bytes& packet : server.takePackets(carried)) {
      toClient.push_back(std::move(packet));
    }
  }

  void clientReceives(const Bytes& packet) {
    auto events = client.receive(packet);
    EXPECT_TRUE(events.ok()) << (events.ok() ? "" : events.error().text());
    take(events.ok() ? *std::move(events) : client.takeEvents());
  }

  void take(const std::vector<SessionEvent>& events) {
    for (const SessionEvent& event : events) {
      if (const auto* answer = std::get_if<Answered>(&event)) {
        EXPECT_TRUE(answered.insert(answer->request).second) << "answered twice";
        EXPECT_EQ(numberIn(answer->body), asked[answer->request]);
      } else if (const auto* unknown = std::get_if<Unknown>(&event)) {
        unknowns.insert(unknown->request);
      } else if (const auto* failed = std::get_if<Failed>(&event)) {
        failures[failed->request] = failed->error.name;
      } else if (const auto* note = std::get_if<Noted>(&event)) {
        ++notes[note->what];
      } else if (std::get_if<Pushed>(&event) != nullptr) {
        ++pushes;
      } else if (std::get_if<SessionCreated>(&event) != nullptr) {
        ++created;
      }
    }
  }

  void deliverToServer() {
    while (!toServer.empty()) {
      const Bytes packet = std::move(toServer.front());
      toServer.pop_front();
      serverReceives(packet);
      serverSends();
    }
  }

  void deliverToClient() {
    while (!toClient.empty()) {
      const Bytes packet = std::move(toClient.front());
      toClient.pop_front();
      clientReceives(packet);
    }
  }

  /// Until neither side has anything to say.
  void settle() {
    for (int round = 0; round < 100; ++round) {
      clientSends();
      if (toServer.empty() && toClient.empty()) {
        return;
      }
      deliverToServer();
      deliverToClient();
    }
    FAIL() << "they never stop talking";
  }

  /// The connection breaks with all that is under way, and a new one stands.
  void reconnect() {
    toServer.clear();
    toClient.clear();
    client.onDisconnected();
    client.onConnected();
    reconnected = true;
  }

  ManualClock clientClock{WallTime(std::chrono::seconds(kStart))};
  ManualClock serverClock{WallTime(std::chrono::seconds(kStart))};
  SeededRandom random;
  ClientSession client;
  ServerSessions server;
  std::uint64_t carried = 0;
  bool reconnected = false;
  std::size_t answerWords = 2;
  std::deque<Bytes> toServer;
  std::deque<Bytes> toClient;
  std::map<RequestId, std::uint32_t> asked;
  std::map<std::uint32_t, int> executed;
  std::set<RequestId> answered;
  std::set<RequestId> unknowns;
  std::map<RequestId, std::string> failures;
  std::map<std::string, int> notes;
  std::vector<std::string> violations;
  std::vector<std::string> deviations;
  int pushes = 0;
  int created = 0;
};

}  // namespace mtpool::mtproto
