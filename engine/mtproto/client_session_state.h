// SPDX-License-Identifier: Apache-2.0
// Internal: what a client session consists of. client_session.cc receives, client_service.cc reacts to
// service messages, client_outbox.cc sends.
#pragma once

#include <deque>
#include <list>

#include "engine/mtproto/ack_queue.h"
#include "engine/mtproto/client_salts.h"
#include "engine/mtproto/client_session.h"
#include "engine/mtproto/container.h"
#include "engine/mtproto/duplicate_window.h"
#include "engine/mtproto/request_table.h"
#include "engine/mtproto/sent_log.h"
#include "engine/tl/reader.h"

namespace mtpool::mtproto {

struct ClientSession::State {
  State(std::shared_ptr<const crypto::AuthKey> authKey, std::uint64_t salt, const Clock& hostClock,
        Random& rnd, SessionLimits sessionLimits);

  // client_session.cc
  Result<void> receive(ByteView packet);
  Result<std::vector<Message>> messagesOf(const Message& outer) const;
  bool onMessage(const Message& message);
  Result<void> countCopies(bool heardSomethingNew);
  bool answersOurs(const Message& message);
  bool timely(std::int64_t msgId) const;
  void dispatch(const Message& message, ByteView object, Bytes& storage);
  void onRpcResult(const Message& message, tl::Reader& r);
  void settle(const Request& request, ByteView object, Bytes& storage);
  void note(const char* what, std::int64_t number = 0);

  // client_service.cc
  using Handler = void (State::*)(const Message& message, tl::Reader& r);
  static Handler handlerOf(std::uint32_t id);
  void onAcks(const Message& message, tl::Reader& r);
  void onBadMessage(const Message& message, tl::Reader& r);
  void onBadSalt(const Message& message, tl::Reader& r);
  void onNewSession(const Message& message, tl::Reader& r);
  void onPong(const Message& message, tl::Reader& r);
  void onFutureSalts(const Message& message, tl::Reader& r);
  void onStateRequest(const Message& message, tl::Reader& r);
  void onStateInfo(const Message& message, tl::Reader& r);
  void onAllInfo(const Message& message, tl::Reader& r);
  void onDetailedInfo(const Message& message, tl::Reader& r);
  void onNewDetailedInfo(const Message& message, tl::Reader& r);
  void onResendRequest(const Message& message, tl::Reader& r);
  void onNothing(const Message& message, tl::Reader& r);
  bool isOurs(std::int64_t msgId);
  std::vector<std::int64_t> idsBehind(std::int64_t msgId) const;
  void sendAgain(std::int64_t msgId);
  void sendServiceAgain(ServiceMessage message);
  void sendSingly(std::int64_t containerId);
  void doubtful(Request& request);
  void doubtAll(std::int64_t msgId);
  void applyState(std::int64_t msgId, Byte state);
  void wantAnswer(std::int64_t answerId);
  void useSalt(std::uint64_t salt);
  void resetSession();
  void countBadMessage();
  void countSaltRound(std::int64_t badMsgId);
  void queueService(ServiceMessage message);

  // client_outbox.cc
  struct Draft;
  std::vector<Bytes> takePackets();
  std::optional<MonoTime> nextDue() const;
  MonoTime pingDue() const;
  void addDueService(Draft& draft);
  void addQueries(Draft& draft);
  void addAcks(Draft& draft);
  bool acksDue() const;
  void addService(Draft& draft, ServiceMessage message);
  void addBody(Draft& draft, ByteView body, bool contentRelated);
  Bytes seal(Draft& draft);

  MonoTime now() const { return host->mono(); }

  MonoTime lastSign() const { return heardAt.value_or(connectedAt); }

  std::shared_ptr<const crypto::AuthKey> key;
  const Clock* host;
  Random* random;
  SessionLimits limits;
  ServerClock clock;
  ClientSalts salts;
  std::uint64_t sessionId = 0;
  std::uint64_t previousSessionId = 0;  // before a reset: its stragglers are no attack
  std::optional<std::uint64_t> uniqueId;
  MessageIdSource ids;
  std::int32_t contentCount = 0;
  DuplicateWindow window;
  AckQueue acks;
  RequestTable requests;
  SentLog sent;
  std::vector<ServiceMessage> service;  // to be sent with the next packet; see queueService()
  std::deque<MonoTime> badMessages;     // of the last seconds
  std::deque<MonoTime> saltRounds;      // likewise
  std::int64_t saltRoundEnds = 0;       // what we sent up to this id had the salt before the last one told
  std::vector<SessionEvent> events;
  Bytes scratch;  // the decrypted packet
  bool connected = false;
  bool mustDrop = false;        // too many bad_msg
  bool singly = false;          // a container was refused: the next messages go one to a packet
  std::size_t inflateLeft = 0;  // of the packet under way
  std::size_t resendsLeft = 0;  // likewise
  std::int64_t duplicates = 0;  // likewise
  int copies = 0;               // packets in a row, on this connection, with nothing new in them
  std::int64_t pingId = 0;
  std::optional<MonoTime> pingSentAt;  // and not answered
  MonoTime nextPingAt{};
  std::optional<MonoTime> saltsAskedAt;
  std::optional<MonoTime> heardAt;  // on this connection
  MonoTime connectedAt{};
};

}  // namespace mtpool::mtproto
