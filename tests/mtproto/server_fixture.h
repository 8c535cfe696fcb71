// SPDX-License-Identifier: Apache-2.0
// Server sessions against a client that the test plays.
#pragma once

#include "engine/mtproto/server_session.h"
#include "tests/mtproto/raw_peer.h"

namespace mtpool::mtproto {

struct ServerFixture {
  ServerFixture() : client(crypto::Sender::Client, clock) {
    client.salt = 1;
    client.sessionId = 42;
  }

  ServerReceived receive(const Bytes& packet) {
    auto received = server.receive(packet);
    EXPECT_TRUE(received.ok()) << (received.ok() ? "" : received.error().text());
    return received.ok() ? *std::move(received) : ServerReceived();
  }

  /// A first message, so that the session stands; what it made the server say is thrown away.
  void greet() {
    receive(client.packet(mt::Ping{1}, false));
    EXPECT_EQ(countOf(sent(), mt::NewSessionCreated::kId), 1U);
  }

  std::vector<Seen> sent() { return opened(server.takePackets(client.sessionId), crypto::Sender::Server); }

  /// The code of the bad_msg_notification the server has for us, 0 if none.
  std::int32_t badCode() {
    const auto messages = sent();
    const Seen* bad = firstOf(messages, mt::BadMsgNotification::kId);
    return bad == nullptr ? 0 : parsed<mt::BadMsgNotification>(bad->body).errorCode;
  }

  /// Violation of one packet: its name, empty if none.
  std::string violation(const Bytes& packet) {
    const auto found = only<ServerViolation>(receive(packet).events);
    return found.empty() ? std::string() : found[0].what;
  }

  ManualClock clock{WallTime(std::chrono::seconds(kStart))};
  SeededRandom random{4};
  ServerSessions server{testKey(), SaltSchedule(7, 1, kStart), clock, random};
  RawPeer client;
};

}  // namespace mtpool::mtproto
