// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/client_session.h"

#include <utility>

#include "engine/mtproto/client_session_state.h"
#include "engine/mtproto/gzip_packed.h"
#include "engine/mtproto/packet.h"
#include "engine/tl/service_ids.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::int64_t kSecond = std::int64_t{1} << 32;
constexpr std::int64_t kPast = 300 * kSecond;
constexpr std::int64_t kFuture = 30 * kSecond;
constexpr std::int64_t kAnswerBehind = 15 * kSecond;
constexpr std::size_t kMaxQuery = std::size_t{1} << 20;
constexpr std::size_t kPackAbove = 255;
// A server repeats what it believes lost, at most what it had under way; whoever goes on replays a recording.
constexpr int kCopiesAllowed = 256;
constexpr std::size_t kResendsPerPacket = 512;

Error broken(const char* what) {
  return Error(Errc::SecurityCheck, std::string(what) + "; the connection is closed");
}

std::uint64_t drawSessionId(Random& random) {
  for (;;) {
    if (const std::uint64_t id = random.u64(); id != 0) {
      return id;
    }
  }
}

/// What was inflated is handed on as it is, what lies in the packet is copied once.
Bytes owned(ByteView object, Bytes& storage) {
  return storage.empty() ? toBytes(object) : std::move(storage);
}

Error unfitQuery() {
  return Error(Errc::InvalidArgument, "a query must be whole TL words and below 1 MiB");
}

}  // namespace

ClientSession::State::State(std::shared_ptr<const crypto::AuthKey> authKey, std::uint64_t salt,
                            const Clock& hostClock, Random& rnd, SessionLimits sessionLimits)
    : key(std::move(authKey)),
      host(&hostClock),
      random(&rnd),
      limits(sessionLimits),
      clock(hostClock),
      salts(salt),
      sessionId(drawSessionId(rnd)) {}

void ClientSession::State::note(const char* what, std::int64_t number) {
  events.emplace_back(Noted{what, number});
}

Result<void> ClientSession::State::receive(ByteView packet) {
  MTP_TRY(const DecryptedPacket opened, decryptPacket(*key, crypto::Sender::Server, packet, scratch));
  if (opened.envelope.sessionId != sessionId) {
    if (opened.envelope.sessionId == previousSessionId && previousSessionId != 0) {
      return countCopies(false);
    }
    return broken("a packet belongs to another session");
  }
  const Message outer{opened.envelope.msgId, opened.envelope.seqNo, opened.body};
  // Whatever can break the connection is looked at before anything is handled.
  MTP_TRY(const std::vector<Message> messages, messagesOf(outer));
  inflateLeft = kInflatedPerPacket;
  resendsLeft = kResendsPerPacket;
  duplicates = 0;
  const auto verdict = window.check(outer.msgId);
  const bool fresh = verdict == DuplicateWindow::Verdict::New && timely(outer.msgId);
  bool anyNew = fresh;
  if (isContainer(outer) && verdict == DuplicateWindow::Verdict::Seen) {
    // A container is never sent twice, not even to repeat what is in it.
    duplicates = static_cast<std::int64_t>(messages.size());
  } else {
    for (const Message& message : messages) {
      anyNew = onMessage(message) || anyNew;
    }
    if (fresh) {
      window.insert(outer.msgId);
    }
  }
  if (duplicates > 0) {
    note("duplicate", duplicates);
  }
  MTP_DO(countCopies(anyNew));
  if (std::exchange(mustDrop, false)) {
    return Error(Errc::LimitExceeded, "the server rejected too many messages in a row; connecting again");
  }
  return {};
}

/// Only what was not there before shows that the server lives: a recording can be played for ever.
Result<void> ClientSession::State::countCopies(bool heardSomethingNew) {
  if (heardSomethingNew) {
    heardAt = now();
    copies = 0;
    return {};
  }
  if (++copies > kCopiesAllowed) {
    return Error(Errc::LimitExceeded, "the same packets come again and again; connecting again");
  }
  return {};
}

Result<std::vector<Message>> ClientSession::State::messagesOf(const Message& outer) const {
  std::vector<Message> messages = {outer};
  if (isContainer(outer)) {
    MTP_TRY(messages, readContainer(outer));
  }
  for (const Message& message : messages) {
    if (message.msgId % 2 == 0 || outer.msgId % 2 == 0) {
      return broken("a server's message has a client's id");
    }
  }
  return messages;
}

/// Ids of 300 s ago and older are replays, and those of the future are no better, unless they answer
/// something of ours: an answer is resent under its old id after a reconnect, our clock stands while the host
/// sleeps, and only the one who knows the key can name our message. False when there is nothing new in it.
bool ClientSession::State::onMessage(const Message& message) {
  const DuplicateWindow::Verdict verdict = window.check(message.msgId);
  const bool fresh = verdict == DuplicateWindow::Verdict::New && timely(message.msgId);
  if (message.contentRelated()) {
    acks.add(message.msgId, now());
  }
  if (verdict == DuplicateWindow::Verdict::Seen) {
    ++duplicates;
    return false;
  }
  if (!fresh && !answersOurs(message)) {
    note("stale_msg_id");
    return false;
  }
  window.insert(message.msgId);
  clock.observe(message.msgId);
  Bytes storage;
  const auto object = unpacked(message.body, storage, inflateLeft);
  if (!object.ok()) {
    note("unreadable_push");
    events.emplace_back(SessionCreated{});
    return true;
  }
  dispatch(message, *object, storage);
  return true;
}

bool ClientSession::State::timely(std::int64_t msgId) const {
  const std::int64_t age = clock.nowUnits() - msgId;
  return !clock.synchronised() || (age <= kPast && age >= -kFuture);
}

bool ClientSession::State::answersOurs(const Message& message) {
  tl::Reader r(message.body);
  const std::uint32_t id = r.uint32();
  const std::int64_t about = r.int64();
  switch (id) {
    case tl::kRpcResultId:
      return requests.findByMessage(about) != nullptr;
    case mt::NewSessionCreated::kId:
      // The one of these that may name the same message twice: an old one is a recording.
      return window.check(message.msgId) == DuplicateWindow::Verdict::New && isOurs(about);
    case mt::BadMsgNotification::kId:
    case mt::BadServerSalt::kId:
    case mt::Pong::kId:
    case mt::FutureSalts::kId:
    case mt::MsgsStateInfo::kId:
      return isOurs(about);
    default:
      return false;
  }
}

void ClientSession::State::dispatch(const Message& message, ByteView object, Bytes& storage) {
  tl::Reader r(object);
  const std::uint32_t id = r.peekId();
  if (id == tl::kRpcResultId) {
    onRpcResult(message, r);
  } else if (const Handler handler = handlerOf(id)) {
    (this->*handler)(message, r);
  } else if (limits.pushes && id != tl::kMsgContainerId && id != tl::kMsgCopyId) {
    events.emplace_back(Pushed{owned(object, storage)});
  }
}

void ClientSession::State::onRpcResult(const Message& message, tl::Reader& r) {
  r.uint32();
  const std::int64_t question = r.int64();
  const ByteView result = r.rest();
  Request* request = requests.findByMessage(question);
  if (request == nullptr) {
    if (!sent.take(question)) {
      note("unknown_answer");
    }
    return;
  }
  if (message.msgId < question - kAnswerBehind) {
    clock.set(message.msgId);
  }
  Bytes storage;
  const auto object = unpacked(result, storage, inflateLeft);
  if (object.ok()) {
    settle(*request, *object, storage);
  } else {
    events.emplace_back(Failed{request->id, {500, "ANSWER_UNREADABLE", 0}});
  }
  requests.erase(request->id);
}

void ClientSession::State::settle(const Request& request, ByteView object, Bytes& storage) {
  tl::Reader r(object);
  if (r.peekId() == mt::RpcError::kId) {
    r.uint32();
    const std::int32_t code = r.int32();
    events.emplace_back(Failed{request.id, parseRpcError(code, r.string())});
    return;
  }
  events.emplace_back(Answered{request.id, owned(object, storage)});
}

ClientSession::ClientSession(std::shared_ptr<const crypto::AuthKey> key, std::uint64_t salt,
                             const Clock& clock, Random& random, SessionLimits limits)
    : state_(std::make_unique<State>(std::move(key), salt, clock, random, limits)) {}

ClientSession::ClientSession(ClientSession&&) noexcept = default;
ClientSession& ClientSession::operator=(ClientSession&&) noexcept = default;
ClientSession::~ClientSession() = default;

ServerClock& ClientSession::serverClock() {
  return state_->clock;
}

std::uint64_t ClientSession::sessionId() const {
  return state_->sessionId;
}

std::uint64_t ClientSession::salt() const {
  return state_->salts.current();
}

Result<RequestId> ClientSession::submit(Bytes query, Idempotency idempotency) {
  if (query.size() < 4 || query.size() % 4 != 0 || query.size() > kMaxQuery) {
    return unfitQuery();
  }
  if (Bytes packed = packedIfSmaller(query, kPackAbove); !packed.empty()) {
    query = std::move(packed);
  }
  if (queued() >= state_->limits.maxQueued) {
    return Error(Errc::Busy, "the session's queue of requests is full; wait for answers");
  }
  return state_->requests.add(std::move(query), idempotency).id;
}

Result<RequestId> ClientSession::submit(QueryMaker query, Idempotency idempotency) {
  if (queued() >= state_->limits.maxQueued) {
    return Error(Errc::Busy, "the session's queue of requests is full; wait for answers");
  }
  return state_->requests.add(std::move(query), idempotency).id;
}

void ClientSession::cancel(RequestId request) {
  const Request* found = state_->requests.find(request);
  if (found == nullptr) {
    return;
  }
  if (found->stage != Request::Stage::Waiting && state_->connected) {
    state_->queueService({ServiceMessage::Kind::DropAnswer, {found->msgId}, {}});
  }
  state_->requests.erase(request);
}

void ClientSession::onConnected() {
  onDisconnected();  // what the former connection still had, if nobody told
  State& s = *state_;
  s.connected = true;
  s.connectedAt = s.now();
  s.heardAt.reset();
  s.copies = 0;
  s.saltsAskedAt.reset();
  s.pingSentAt.reset();
  s.nextPingAt = s.now();
  std::vector<std::int64_t> doubtful;
  for (const RequestId id : s.requests.inStage(Request::Stage::InDoubt)) {
    doubtful.push_back(s.requests.find(id)->msgId);
  }
  if (!doubtful.empty()) {
    s.queueService({ServiceMessage::Kind::StateRequest, std::move(doubtful), {}});
  }
}

void ClientSession::onDisconnected() {
  State& s = *state_;
  s.connected = false;
  s.pingSentAt.reset();
  s.service.clear();
  for (const RequestId id : s.requests.inStage(Request::Stage::Sent)) {
    s.requests.find(id)->stage = Request::Stage::InDoubt;
  }
}

Result<std::vector<SessionEvent>> ClientSession::receive(ByteView packet) {
  MTP_DO(state_->receive(packet));
  return takeEvents();
}

std::vector<SessionEvent> ClientSession::takeEvents() {
  return std::exchange(state_->events, {});
}

std::vector<Bytes> ClientSession::takePackets() {
  return state_->takePackets();
}

std::optional<MonoTime> ClientSession::nextDue() const {
  return state_->nextDue();
}

std::optional<MonoTime> ClientSession::waitingSince() const {
  const State& s = *state_;
  if (!s.pingSentAt || !s.connected) {
    return std::nullopt;
  }
  return std::max(*s.pingSentAt, s.lastSign());
}

std::size_t ClientSession::inFlight() const {
  return state_->requests.sent();
}

std::size_t ClientSession::queued() const {
  return state_->requests.waiting();
}

}  // namespace mtpool::mtproto
