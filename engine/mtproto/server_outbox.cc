// SPDX-License-Identifier: Apache-2.0
// How the server's half fills packets. What is sent again keeps its id, and hence never travels alone.
#include <algorithm>
#include <utility>

#include "engine/mtproto/gzip_packed.h"
#include "engine/mtproto/packet.h"
#include "engine/mtproto/server_session_state.h"
#include "engine/tl/codec.h"
#include "engine/tl/service_ids.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::size_t kPackAbove = 512;
constexpr std::size_t kContainerBytes = 512 * 1024;
constexpr std::size_t kAcksPerMessage = 4096;
constexpr std::size_t kRemembered = 4096;

template <class Map>
void bound(Map& map) {
  while (map.size() > kRemembered) {
    map.erase(map.begin());
  }
}

}  // namespace

void ServerSessions::State::respond(ServerSession& session, Bytes body, bool contentRelated) {
  session.outbox.push_back({std::move(body), contentRelated, true, 0, 0, 0});
}

void ServerSessions::State::result(ServerSession& session, std::int64_t reqMsgId, ByteView boxed) {
  const auto asked = session.answers.find(reqMsgId);
  if (asked == session.answers.end() || asked->second != kUnanswered) {
    return;  // dropped by the client, or answered before
  }
  Bytes body;
  tl::Writer w(body);
  w.uint32(tl::kRpcResultId);
  w.int64(reqMsgId);
  const Bytes packed = packedIfSmaller(boxed, kPackAbove);
  w.raw(packed.empty() ? boxed : ByteView(packed));
  asked->second = kAnswerQueued;
  session.acks.drop(reqMsgId);  // the answer says it
  session.outbox.push_back({std::move(body), true, true, reqMsgId, 0, 0});
}

/// The client has it.
void ServerSessions::State::forget(ServerSession& session, std::int64_t msgId) {
  session.unacked.erase(msgId);
  session.outbox.remove_if([&](const Outgoing& o) { return o.msgId == msgId; });
}

void ServerSessions::State::resend(ServerSession& session, std::int64_t msgId) {
  auto node = session.unacked.extract(msgId);
  if (!node.empty()) {
    session.outbox.push_back(std::move(node.mapped()));
  }
}

void ServerSessions::State::addAcks(ServerSession& session) {
  while (!session.acks.empty()) {
    session.outbox.push_back(
        {tl::serialize(mt::MsgsAck{session.acks.take(kAcksPerMessage)}), false, false, 0, 0, 0});
  }
}

std::vector<Bytes> ServerSessions::State::takePackets(ServerSession& session) {
  followWallClock();
  addAcks(session);
  std::vector<Bytes> packets;
  while (!session.outbox.empty()) {
    std::list<Outgoing> messages;
    std::size_t size = 0;
    while (!session.outbox.empty() && messages.size() < kMaxContainerSent &&
           (messages.empty() || size + session.outbox.front().body.size() <= kContainerBytes)) {
      size += session.outbox.front().body.size() + kInnerHeader;
      messages.splice(messages.end(), session.outbox, session.outbox.begin());
    }
    packets.push_back(seal(session, messages));
    remember(session, messages);
  }
  return packets;
}

Bytes ServerSessions::State::seal(ServerSession& session, std::list<Outgoing>& messages) {
  std::vector<Message> inner;
  bool repeated = false;
  for (Outgoing& o : messages) {
    repeated = repeated || o.msgId != 0;
    if (o.msgId == 0) {
      o.msgId = session.ids.next(clock, *random, o.response ? 1 : 3);
      o.seqNo = 2 * session.contentCount + (o.contentRelated ? 1 : 0);
      session.contentCount += o.contentRelated ? 1 : 0;
    }
    inner.push_back({o.msgId, o.seqNo, o.body});
  }
  Message outer = inner[0];
  Bytes container;
  if (repeated || inner.size() > 1) {
    container = writeContainer(inner);
    outer = {session.ids.next(clock, *random, 1), 2 * session.contentCount, container};
  }
  Bytes packet;
  const Envelope envelope{salts.current(unixNow()), session.id, outer.msgId, outer.seqNo};
  encryptPacket(*key, crypto::Sender::Server, envelope, outer.body, *random, packet);
  return packet;
}

void ServerSessions::State::remember(ServerSession& session, std::list<Outgoing>& messages) {
  for (Outgoing& o : messages) {
    if (o.about != 0 && session.answers.contains(o.about)) {
      session.answers[o.about] = o.msgId;
    }
    if (o.contentRelated) {
      session.unacked[o.msgId] = std::move(o);
    }
  }
  bound(session.answers);
  bound(session.unacked);
}

}  // namespace mtpool::mtproto
