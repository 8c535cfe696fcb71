// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/server_session.h"

#include <algorithm>
#include <utility>

#include "engine/mtproto/gzip_packed.h"
#include "engine/mtproto/server_session_state.h"
#include "engine/tl/codec.h"
#include "engine/tl/service_ids.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::int64_t kSecond = std::int64_t{1} << 32;
constexpr std::int64_t kPast = 300 * kSecond;
constexpr std::int64_t kFuture = 30 * kSecond;
constexpr std::size_t kMaxSessions = 64;
constexpr std::size_t kMaxOutbox = 4096;

/// bad_msg codes and the names their violations are counted under.
struct Violation {
  int code;
  const char* name;
};

constexpr std::array<Violation, 10> kViolations = {{{16, "msg_id_too_low"},
                                                    {17, "msg_id_too_high"},
                                                    {18, "odd_msg_id"},
                                                    {19, "container_id_reused"},
                                                    {20, "msg_id_too_old"},
                                                    {32, "seqno_too_low"},
                                                    {33, "seqno_too_high"},
                                                    {34, "seqno_parity"},
                                                    {35, "seqno_parity"},
                                                    {64, "bad_container"}}};

// Service messages carry no query and may have either parity (an odd ack is a deviation); whatever is packed
// is taken for a query.
bool isQuery(std::uint32_t id, bool service) {
  return id == tl::kGzipPackedId || !service;
}

}  // namespace

ServerSession* ServerSessions::State::find(std::uint64_t sessionId) {
  const auto found = sessions.find(sessionId);
  return found == sessions.end() ? nullptr : &found->second;
}

void ServerSessions::State::followWallClock() {
  const auto micros = static_cast<std::uint64_t>(host->wall().time_since_epoch().count());
  const std::uint64_t fraction = ((micros % 1'000'000) << 32) / 1'000'000;
  clock.set(static_cast<std::int64_t>(((micros / 1'000'000) << 32) | fraction));
}

Result<ServerReceived> ServerSessions::State::receive(ByteView packet) {
  followWallClock();
  MTP_TRY(const DecryptedPacket opened, decryptPacket(*key, crypto::Sender::Client, packet, scratch));
  if (opened.envelope.sessionId == 0) {
    return Error(Errc::SecurityCheck, "a client uses session 0; the connection is closed");
  }
  inflateLeft = kInflatedPerPacket;
  ServerReceived received;
  received.sessionId = opened.envelope.sessionId;
  ServerSession& session = sessionOf(opened.envelope.sessionId, received);
  onPacket(session, opened.envelope, opened.body, received);
  return received;
}

ServerSession& ServerSessions::State::sessionOf(std::uint64_t id, ServerReceived& received) {
  if (find(id) == nullptr && sessions.size() >= kMaxSessions) {
    evictOne();
  }
  ServerSession& session = sessions[id];
  received.newSession = session.id == 0;
  session.id = id;
  session.lastUse = ++uses;
  return session;
}

void ServerSessions::State::evictOne() {
  sessions.erase(
      std::ranges::min_element(sessions, {}, [](const auto& entry) { return entry.second.lastUse; }));
}

void ServerSessions::State::onPacket(ServerSession& session, const Envelope& envelope, ByteView body,
                                     ServerReceived& received) {
  const Message outer{envelope.msgId, envelope.seqNo, body};
  if (!salts.accepts(envelope.salt, unixNow())) {
    const auto salt = static_cast<std::int64_t>(salts.current(unixNow()));
    respond(session, tl::serialize(mt::BadServerSalt{outer.msgId, outer.seqNo, 48, salt}));
    return;
  }
  std::vector<Message> inner;
  int fault = idFault(session, outer.msgId);
  if (session.window.contains(outer.msgId) && onRepeatedPacket(session, outer)) {
    received.events.emplace_back(ServerDeviation{"repeated_packet"});
    return;
  }
  if (isContainer(outer)) {
    fault = fault != 0 ? fault : containerFault(session, outer, inner);
  } else {
    fault = fault != 0 ? fault : faultOf(session, outer);
    inner = {outer};
  }
  if (fault != 0) {
    reject(session, outer, fault, received);
    return;
  }
  if (isContainer(outer)) {
    accept(session, outer);
  }
  if (!session.announced && !inner.empty()) {
    announce(session, std::ranges::min(inner, {}, &Message::msgId).msgId);
  }
  for (const Message& message : inner) {
    onMessage(session, message, received);
  }
}

int ServerSessions::State::idFault(const ServerSession& session, std::int64_t msgId) const {
  if (msgId % 4 != 0) {
    return 18;
  }
  const std::int64_t age = clock.nowUnits() - msgId;
  if (age > kPast) {
    return 16;
  }
  if (age < -kFuture) {
    return 17;
  }
  return session.window.check(msgId) == DuplicateWindow::Verdict::TooOld ? 20 : 0;
}

/// Parity and order of the sequence number; the ids of a container's messages may be old.
int ServerSessions::State::faultOf(const ServerSession& session, const Message& message) const {
  if (message.msgId % 4 != 0) {
    return 18;
  }
  const bool odd = message.contentRelated();
  const std::uint32_t id = message.id();
  if (isContainer(message) || id == tl::kMsgCopyId) {
    if (odd) {
      return 34;
    }
  } else if (!odd && isQuery(id, handlerOf(id) != nullptr)) {
    return 35;
  }
  const auto above = session.seqNos.upper_bound(message.msgId);
  if (above != session.seqNos.end() &&
      (above->second < message.seqNo || (above->second == message.seqNo && odd))) {
    return 33;
  }
  const auto below = session.seqNos.lower_bound(message.msgId);
  if (below != session.seqNos.begin()) {
    const std::int32_t before = std::prev(below)->second;
    if (before > message.seqNo || (before == message.seqNo && odd)) {
      return 32;
    }
  }
  return 0;
}

int ServerSessions::State::containerFault(const ServerSession& session, const Message& outer,
                                          std::vector<Message>& inner) const {
  if (session.window.contains(outer.msgId)) {
    return 19;
  }
  if (const int fault = faultOf(session, outer); fault != 0) {
    return fault;
  }
  auto messages = readContainer(outer);
  if (!messages.ok()) {
    return 64;
  }
  inner = *std::move(messages);
  for (const Message& message : inner) {
    if (session.window.contains(message.msgId)) {
      continue;
    }
    if (const int fault = faultOf(session, message); fault != 0) {
      return fault;
    }
  }
  return 0;
}

void ServerSessions::State::breach(ServerReceived& received, const char* what, std::string detail) {
  received.events.emplace_back(ServerViolation{what, std::move(detail)});
}

void ServerSessions::State::reject(ServerSession& session, const Message& message, int code,
                                   ServerReceived& received) {
  respond(session, tl::serialize(mt::BadMsgNotification{message.msgId, message.seqNo, code}));
  // Before a session's first message no client can know the server's time, just as it cannot know the salt.
  const bool learning = !session.announced && (code == 16 || code == 17);
  if (!learning) {
    const auto* known = std::ranges::find(kViolations, code, &Violation::code);
    breach(received, known->name,
           "code " + std::to_string(code) + " for message " + std::to_string(message.msgId));
  }
}

void ServerSessions::State::accept(ServerSession& session, const Message& message) {
  session.window.insert(message.msgId);
  session.seqNos[message.msgId] = message.seqNo;
  if (session.seqNos.size() > kDuplicateWindow) {
    session.seqNos.erase(session.seqNos.begin());
  }
}

void ServerSessions::State::announce(ServerSession& session, std::int64_t firstMsgId) {
  session.announced = true;
  const mt::NewSessionCreated created{firstMsgId, static_cast<std::int64_t>(random->u64()),
                                      static_cast<std::int64_t>(salts.current(unixNow()))};
  respond(session, tl::serialize(created), true);
}

void ServerSessions::State::onMessage(ServerSession& session, const Message& message,
                                      ServerReceived& received) {
  if (session.window.contains(message.msgId)) {
    onRepeated(session, message);
    return;
  }
  accept(session, message);
  Bytes storage;
  const auto object = unpacked(message.body, storage, inflateLeft);
  if (!object.ok()) {
    breach(received, "bad_gzip", object.error().text());
    session.answers[message.msgId] = kUnanswered;
    result(session, message.msgId, tl::serialize(mt::RpcError{400, "INPUT_FETCH_ERROR"}));
    return;
  }
  tl::Reader r(*object);
  if (const Handler handler = handlerOf(r.peekId())) {
    if (message.contentRelated() && r.peekId() == mt::MsgsAck::kId) {
      received.events.emplace_back(ServerDeviation{"odd_ack"});
    } else if (message.contentRelated()) {
      session.acks.add(message.msgId, host->mono());
    }
    (this->*handler)(session, message, r, received);
    return;
  }
  session.acks.add(message.msgId, host->mono());
  session.answers[message.msgId] = kUnanswered;
  received.events.emplace_back(ServerQuery{session.id, message.msgId, toBytes(*object)});
}

/// A packet under a known id. False for a container that reuses an id for something new.
bool ServerSessions::State::onRepeatedPacket(ServerSession& session, const Message& outer) {
  std::vector<Message> messages = {outer};
  if (isContainer(outer)) {
    auto inner = readContainer(outer);
    if (!inner.ok() ||
        !std::ranges::all_of(*inner, [&](const Message& m) { return session.window.contains(m.msgId); })) {
      return false;
    }
    messages = *std::move(inner);
  }
  for (const Message& message : messages) {
    onRepeated(session, message);
  }
  return true;
}

/// Sent again: acknowledged again, and its answer goes out again if it is not known to have arrived.
void ServerSessions::State::onRepeated(ServerSession& session, const Message& message) {
  if (message.contentRelated()) {
    session.acks.add(message.msgId, host->mono());
  }
  const auto answer = session.answers.find(message.msgId);
  if (answer != session.answers.end()) {
    resend(session, answer->second);
  }
}

ServerSessions::ServerSessions(std::shared_ptr<const crypto::AuthKey> key, SaltSchedule salts,
                               const Clock& clock, Random& random)
    : state_(std::make_unique<State>(std::move(key), salts, clock, random)) {}

ServerSessions::ServerSessions(ServerSessions&&) noexcept = default;
ServerSessions& ServerSessions::operator=(ServerSessions&&) noexcept = default;
ServerSessions::~ServerSessions() = default;

Result<ServerReceived> ServerSessions::receive(ByteView packet) {
  return state_->receive(packet);
}

void ServerSessions::answer(std::uint64_t sessionId, std::int64_t reqMsgId, ByteView boxed) {
  if (ServerSession* session = state_->find(sessionId)) {
    state_->result(*session, reqMsgId, boxed);
  }
}

void ServerSessions::fail(std::uint64_t sessionId, std::int64_t reqMsgId, std::int32_t code,
                          const std::string& message) {
  answer(sessionId, reqMsgId, tl::serialize(mt::RpcError{code, message}));
}

void ServerSessions::push(std::uint64_t sessionId, ByteView boxed) {
  ServerSession* session = state_->find(sessionId);
  if (session != nullptr && session->outbox.size() < kMaxOutbox) {
    session->outbox.push_back({toBytes(boxed), true, false, 0, 0, 0});
  }
}

std::vector<Bytes> ServerSessions::takePackets(std::uint64_t sessionId) {
  ServerSession* session = state_->find(sessionId);
  return session == nullptr ? std::vector<Bytes>() : state_->takePackets(*session);
}

std::vector<std::uint64_t> ServerSessions::sessionsWithOutput() const {
  std::vector<std::uint64_t> ids;
  for (const auto& [id, session] : state_->sessions) {
    if (!session.outbox.empty() || !session.acks.empty()) {
      ids.push_back(id);
    }
  }
  return ids;
}

void ServerSessions::onReconnected(std::uint64_t sessionId) {
  ServerSession* session = state_->find(sessionId);
  if (session == nullptr) {
    return;
  }
  std::list<Outgoing> again;
  for (auto& [msgId, message] : session->unacked) {
    again.push_back(std::move(message));
  }
  session->unacked.clear();
  session->outbox.splice(session->outbox.begin(), again);
}

}  // namespace mtpool::mtproto
