// SPDX-License-Identifier: Apache-2.0
// How a client session fills packets. Every message gets a new id at the moment it is packed, so nothing is
// ever encrypted twice under one id.
#include <algorithm>
#include <utility>

#include "engine/mtproto/client_session_state.h"
#include "engine/mtproto/packet.h"
#include "engine/tl/codec.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;
using namespace std::chrono_literals;

constexpr std::size_t kQueryBytes = 32 * 1024;
constexpr std::size_t kAcksPerMessage = 4096;
constexpr std::size_t kRoomForService = 16;
constexpr std::int32_t kSaltsAsked = 8;
constexpr auto kSaltsEvery = 60s;

}  // namespace

/// The messages of one packet to be.
struct ClientSession::State::Draft {
  std::vector<Message> messages;
  std::list<Bytes> bodies;  // of messages that nobody else keeps; a list, because views point into it
  std::vector<RequestId> requests;
  std::size_t queryBytes = 0;
  bool single = false;  // takes one message and no more
  bool closed = false;  // a message that must stay alone

  bool full() const { return closed || (single && !messages.empty()); }
};

std::vector<Bytes> ClientSession::State::takePackets() {
  std::vector<Bytes> packets;
  if (!connected) {
    return packets;
  }
  if (clock.synchronised() && salts.advance(clock.unixSeconds())) {
    events.emplace_back(SaltChanged{salts.current()});
  }
  for (;;) {
    Draft draft;
    draft.single = singly;
    addQueries(draft);
    addDueService(draft);
    addAcks(draft);
    if (draft.messages.empty()) {
      singly = false;
      return packets;
    }
    packets.push_back(seal(draft));
  }
}

void ClientSession::State::addBody(Draft& draft, ByteView body, bool contentRelated) {
  const std::int32_t seqNo = contentRelated ? 2 * contentCount + 1 : 2 * contentCount;
  contentCount += contentRelated ? 1 : 0;
  draft.messages.push_back({ids.next(clock, *random), seqNo, body});
}

void ClientSession::State::addQueries(Draft& draft) {
  while (!draft.full() && requests.sent() < limits.maxInFlight &&
         draft.messages.size() + kRoomForService < kMaxContainerSent) {
    Request* request = requests.nextWaiting();
    if (request == nullptr || (request->alone && !draft.messages.empty())) {
      return;
    }
    const auto* fixed = std::get_if<Bytes>(&request->query);
    if (fixed != nullptr && draft.queryBytes > 0 && draft.queryBytes + fixed->size() > kQueryBytes) {
      return;
    }
    addBody(draft, fixed == nullptr ? ByteView() : ByteView(*fixed), true);
    Message& message = draft.messages.back();
    if (fixed == nullptr) {
      message.body = draft.bodies.emplace_back(std::get<QueryMaker>(request->query)(message.msgId));
    }
    draft.queryBytes += message.body.size();
    requests.markSent(*request, message.msgId, now());
    draft.requests.push_back(request->id);
    if (request->alone) {
      draft.closed = true;
      return;
    }
  }
}

void ClientSession::State::addDueService(Draft& draft) {
  if (!draft.full() && now() >= pingDue()) {
    pingId = static_cast<std::int64_t>(random->u64());
    pingSentAt = pingSentAt.value_or(now());
    nextPingAt = now() + limits.pingEvery;
    addService(draft, {ServiceMessage::Kind::Ping, {pingId}, {}});
  }
  const bool mayAsk = !saltsAskedAt || now() - *saltsAskedAt >= kSaltsEvery;
  if (!draft.full() && mayAsk && heardAt && clock.synchronised() && salts.endsSoon(clock.unixSeconds())) {
    saltsAskedAt = now();
    addService(draft, {ServiceMessage::Kind::FutureSalts, {}, {}});
  }
  std::size_t count = 0;
  while (count < service.size() && !draft.full() && draft.messages.size() + 4 < kMaxContainerSent) {
    addService(draft, std::move(service[count]));
    ++count;
  }
  service.erase(service.begin(), service.begin() + static_cast<std::ptrdiff_t>(count));
}

void ClientSession::State::addAcks(Draft& draft) {
  if (acks.empty() || draft.full() || (draft.messages.empty() && !acksDue())) {
    return;
  }
  addService(draft, {ServiceMessage::Kind::Acks, acks.take(kAcksPerMessage), {}});
}

bool ClientSession::State::acksDue() const {
  return acks.size() >= limits.acksAtOnce || (acks.since() && now() - *acks.since() >= limits.ackDelay);
}

void ClientSession::State::addService(Draft& draft, ServiceMessage message) {
  Bytes& body = draft.bodies.emplace_back();
  bool contentRelated = false;
  switch (message.kind) {
    case ServiceMessage::Kind::Acks:
      body = tl::serialize(mt::MsgsAck{message.msgIds});
      break;
    case ServiceMessage::Kind::Ping:
      body = tl::serialize(
          mt::PingDelayDisconnect{message.msgIds[0], static_cast<std::int32_t>(limits.pingDelay.count())});
      break;
    case ServiceMessage::Kind::FutureSalts:
      body = tl::serialize(mt::GetFutureSalts{kSaltsAsked});
      break;
    case ServiceMessage::Kind::StateRequest:
      body = tl::serialize(mt::MsgsStateReq{message.msgIds});
      break;
    case ServiceMessage::Kind::StateInfo:
      body = tl::serialize(mt::MsgsStateInfo{message.msgIds[0], message.states});
      break;
    case ServiceMessage::Kind::ResendRequest:
      body = tl::serialize(mt::MsgResendReq{message.msgIds});
      break;
    case ServiceMessage::Kind::DropAnswer:
      body = tl::serialize(mt::RpcDropAnswer{message.msgIds[0]});
      contentRelated = true;
      break;
  }
  addBody(draft, body, contentRelated);
  sent.add(draft.messages.back().msgId, std::move(message));
}

Bytes ClientSession::State::seal(Draft& draft) {
  Message outer = draft.messages[0];
  Bytes container;
  if (draft.messages.size() > 1) {
    container = writeContainer(draft.messages);
    // Drawn last: a container's id is above those of its messages.
    outer = {ids.next(clock, *random), 2 * contentCount, container};
    std::vector<std::int64_t> inner;
    for (const Message& message : draft.messages) {
      inner.push_back(message.msgId);
    }
    sent.addContainer(outer.msgId, std::move(inner));
    for (const RequestId id : draft.requests) {
      requests.find(id)->outerId = outer.msgId;
    }
  }
  Bytes packet;
  const Envelope envelope{salts.current(), sessionId, outer.msgId, outer.seqNo};
  encryptPacket(*key, crypto::Sender::Client, envelope, outer.body, *random, packet);
  return packet;
}

/// A ping is also the probe whether who owes an answer still lives; while one is out, another proves no more.
MonoTime ClientSession::State::pingDue() const {
  const auto asked = requests.oldestSent();
  if (!asked || pingSentAt) {
    return nextPingAt;
  }
  return std::min(nextPingAt, std::max(*asked, lastSign()) + limits.probeAfter);
}

std::optional<MonoTime> ClientSession::State::nextDue() const {
  if (!connected) {
    return std::nullopt;
  }
  const bool mayQuery = requests.waiting() > 0 && requests.sent() < limits.maxInFlight;
  if (mayQuery || !service.empty() || acksDue()) {
    return now();
  }
  MonoTime due = pingDue();
  if (const auto since = acks.since()) {
    due = std::min(due, *since + limits.ackDelay);
  }
  return due;
}

}  // namespace mtpool::mtproto
