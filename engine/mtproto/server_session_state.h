// SPDX-License-Identifier: Apache-2.0
// Internal: one session as the server sees it. server_session.cc checks and receives, server_service.cc
// answers service messages, server_outbox.cc sends.
#pragma once

#include <list>
#include <map>

#include "engine/mtproto/ack_queue.h"
#include "engine/mtproto/container.h"
#include "engine/mtproto/duplicate_window.h"
#include "engine/mtproto/packet.h"
#include "engine/mtproto/server_clock.h"
#include "engine/mtproto/server_session.h"
#include "engine/tl/reader.h"

namespace mtpool::mtproto {

/// Instead of our msg_id, for a query that has no answer yet or one that was not sent yet.
inline constexpr std::int64_t kUnanswered = 0;
inline constexpr std::int64_t kAnswerQueued = -1;

/// A message to the client.
struct Outgoing {
  Bytes body;
  bool contentRelated = false;
  bool response = false;   // says its id: on behalf of a message of the client
  std::int64_t about = 0;  // the query it is the result of, 0 = none
  std::int64_t msgId = 0;  // 0 until it is sent for the first time
  std::int32_t seqNo = 0;
};

struct ServerSession {
  std::uint64_t id = 0;
  bool announced = false;     // new_session_created was queued
  std::uint64_t lastUse = 0;  // grows with every packet; the least one is evicted
  MessageIdSource ids;
  std::int32_t contentCount = 0;
  DuplicateWindow window;
  std::map<std::int64_t, std::int32_t> seqNos;  // of the client's latest messages
  AckQueue acks;
  std::list<Outgoing> outbox;
  std::map<std::int64_t, Outgoing> unacked;      // content-related, by our msg_id
  std::map<std::int64_t, std::int64_t> answers;  // client's msg_id -> ours, or one of the two below
};

struct ServerSessions::State {
  State(std::shared_ptr<const crypto::AuthKey> authKey, SaltSchedule schedule, const Clock& hostClock,
        Random& rnd)
      : key(std::move(authKey)), salts(schedule), host(&hostClock), random(&rnd), clock(hostClock) {}

  // server_session.cc
  Result<ServerReceived> receive(ByteView packet);
  ServerSession& sessionOf(std::uint64_t id, ServerReceived& received);
  void evictOne();
  void onPacket(ServerSession& session, const Envelope& envelope, ByteView body, ServerReceived& received);
  int idFault(const ServerSession& session, std::int64_t msgId) const;
  int faultOf(const ServerSession& session, const Message& message) const;
  int containerFault(const ServerSession& session, const Message& outer, std::vector<Message>& inner) const;
  void reject(ServerSession& session, const Message& message, int code, ServerReceived& received);
  void accept(ServerSession& session, const Message& message);
  void announce(ServerSession& session, std::int64_t firstMsgId);
  void onMessage(ServerSession& session, const Message& message, ServerReceived& received);
  void onQuery(ServerSession& session, const Message& message, ServerReceived& received);
  bool onRepeatedPacket(ServerSession& session, const Message& outer);
  void onRepeated(ServerSession& session, const Message& message);
  void breach(ServerReceived& received, const char* what, std::string detail);

  // server_service.cc
  using Handler = void (State::*)(ServerSession& s, const Message& m, tl::Reader& r,
                                  ServerReceived& received);
  static Handler handlerOf(std::uint32_t id);
  void onAcks(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onPing(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onPingDelay(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onFutureSalts(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onStateRequest(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onResendRequest(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onDropAnswer(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onDestroySession(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onDestroyKey(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  void onNothing(ServerSession& s, const Message& m, tl::Reader& r, ServerReceived& received);
  static Byte stateOf(const ServerSession& s, std::int64_t msgId);

  // server_outbox.cc
  void respond(ServerSession& session, Bytes body, bool contentRelated = false);
  void result(ServerSession& session, std::int64_t reqMsgId, ByteView boxed);
  void forget(ServerSession& session, std::int64_t msgId);
  void resend(ServerSession& session, std::int64_t msgId);
  std::vector<Bytes> takePackets(ServerSession& session);
  void addAcks(ServerSession& session);
  Bytes seal(ServerSession& session, std::list<Outgoing>& messages);
  void remember(ServerSession& session, std::list<Outgoing>& messages);

  std::int64_t unixNow() const { return unixSeconds(host->wall()); }

  /// The server's time is its wall clock, whatever a test does to it.
  void followWallClock();

  ServerSession* find(std::uint64_t sessionId);

  std::shared_ptr<const crypto::AuthKey> key;
  SaltSchedule salts;
  const Clock* host;
  Random* random;
  ServerClock clock;
  std::map<std::uint64_t, ServerSession> sessions;
  std::uint64_t uses = 0;
  Bytes scratch;
  std::size_t inflateLeft = 0;  // of the packet under way
};

}  // namespace mtpool::mtproto
