// SPDX-License-Identifier: Apache-2.0
// How a client session reacts to service messages (service_messages, service_messages_about_messages).
//
// The rule behind all of it: a message the server surely has not got goes out again under a new id, whatever
// it is; one whose fate is unknown only if doing it twice is harmless.
#include <algorithm>
#include <utility>

#include "engine/mtproto/client_session_state.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;
using namespace std::chrono_literals;

constexpr std::size_t kMaxIds = 8192;
// More than an honest server can ask for between two packets of ours.
constexpr std::size_t kMaxService = 256;
constexpr std::size_t kBadMessagesAllowed = 3;
constexpr auto kBadMessageSpan = 10s;
constexpr int kSaltFailuresAllowed = 4;
// One more than a single request may fail: whoever refuses the salt it just told never stops.
constexpr std::size_t kSaltRoundsAllowed = 5;

// The byte of msgs_state_info.
constexpr int kStateMask = 7;
constexpr int kUnknown = 1;
constexpr int kNotReceived = 2;
constexpr int kNotReceivedTooHigh = 3;
constexpr int kReceived = 4;
constexpr int kAnswerGenerated = 64;

/// True when it happened more often within the span than allowed.
bool tooOften(std::deque<MonoTime>& times, MonoTime now, std::size_t allowed) {
  times.push_back(now);
  while (now - times.front() > kBadMessageSpan) {
    times.pop_front();
  }
  return times.size() > allowed;
}

}  // namespace

ClientSession::State::Handler ClientSession::State::handlerOf(std::uint32_t id) {
  static constexpr std::array<std::pair<std::uint32_t, Handler>, 17> kHandlers = {{
      {mt::MsgsAck::kId, &State::onAcks},
      {mt::BadMsgNotification::kId, &State::onBadMessage},
      {mt::BadServerSalt::kId, &State::onBadSalt},
      {mt::NewSessionCreated::kId, &State::onNewSession},
      {mt::Pong::kId, &State::onPong},
      {mt::FutureSalts::kId, &State::onFutureSalts},
      {mt::MsgsStateReq::kId, &State::onStateRequest},
      {mt::MsgsStateInfo::kId, &State::onStateInfo},
      {mt::MsgsAllInfo::kId, &State::onAllInfo},
      {mt::MsgDetailedInfo::kId, &State::onDetailedInfo},
      {mt::MsgNewDetailedInfo::kId, &State::onNewDetailedInfo},
      {mt::MsgResendReq::kId, &State::onResendRequest},
      {mt::DestroySessionOk::kId, &State::onNothing},
      {mt::DestroySessionNone::kId, &State::onNothing},
      {mt::DestroyAuthKeyOk::kId, &State::onNothing},
      {mt::DestroyAuthKeyNone::kId, &State::onNothing},
      {mt::DestroyAuthKeyFail::kId, &State::onNothing},
  }};
  const auto found = std::ranges::find(kHandlers, id, &std::pair<std::uint32_t, Handler>::first);
  return found == kHandlers.end() ? nullptr : found->second;
}

void ClientSession::State::onNothing(const Message& /*message*/, tl::Reader& /*r*/) {}

void ClientSession::State::onAcks(const Message& /*message*/, tl::Reader& /*r*/) {
  // A received request stays where it is: only its answer or a lost connection changes that.
}

bool ClientSession::State::isOurs(std::int64_t msgId) {
  return sent.knows(msgId) || requests.findByMessage(msgId) != nullptr || !idsBehind(msgId).empty();
}

std::vector<std::int64_t> ClientSession::State::idsBehind(std::int64_t msgId) const {
  if (const auto* inner = sent.inside(msgId)) {
    return *inner;
  }
  return requests.sentInside(msgId);
}

/// Queues what was sent under this id, or in the container of this id, again.
void ClientSession::State::sendAgain(std::int64_t msgId) {
  std::vector<std::int64_t> behind = idsBehind(msgId);
  behind.push_back(msgId);
  int resent = 0;
  for (const std::int64_t id : behind) {
    if (Request* request = requests.findCurrent(id)) {
      requests.requeue(*request);
      ++resent;
    } else if (auto message = sent.take(id)) {
      sendServiceAgain(*std::move(message));
    }
  }
  if (resent > 0) {
    note("resent", resent);
  }
}

/// What does not fit is let go: whoever misses it asks again, and nothing else hangs on it.
void ClientSession::State::queueService(ServiceMessage message) {
  if (service.size() < kMaxService) {
    service.push_back(std::move(message));
  }
}

void ClientSession::State::sendServiceAgain(ServiceMessage message) {
  switch (message.kind) {
    case ServiceMessage::Kind::Acks:
      for (const std::int64_t id : message.msgIds) {
        acks.add(id, now());
      }
      break;
    case ServiceMessage::Kind::Ping:
      pingSentAt.reset();
      nextPingAt = now();
      break;
    case ServiceMessage::Kind::FutureSalts:
      saltsAskedAt.reset();
      break;
    case ServiceMessage::Kind::StateRequest:
    case ServiceMessage::Kind::StateInfo:
    case ServiceMessage::Kind::ResendRequest:
    case ServiceMessage::Kind::DropAnswer:
      queueService(std::move(message));
      break;
  }
}

/// The request's fate is unknown: again if that is harmless, else the owner has to find out.
void ClientSession::State::doubtful(Request& request) {
  if (request.idempotency != Idempotency::Never) {
    requests.requeue(request);
    note("resent", 1);
    return;
  }
  events.emplace_back(Unknown{request.id});
  requests.erase(request.id);
}

void ClientSession::State::doubtAll(std::int64_t msgId) {
  std::vector<std::int64_t> behind = idsBehind(msgId);
  behind.push_back(msgId);
  for (const std::int64_t id : behind) {
    if (Request* request = requests.findCurrent(id)) {
      doubtful(*request);
    } else if (auto message = sent.take(id)) {
      sendServiceAgain(*std::move(message));
    }
  }
}

void ClientSession::State::useSalt(std::uint64_t salt) {
  if (salts.replace(salt)) {
    events.emplace_back(SaltChanged{salt});
  }
}

void ClientSession::State::onBadSalt(const Message& /*message*/, tl::Reader& r) {
  const auto bad = mt::BadServerSalt::decode(r);
  if (!bad.ok() || !isOurs(bad->badMsgId)) {
    note("foreign_bad_msg", 48);
    return;
  }
  note("bad_server_salt");
  countSaltRound(bad->badMsgId);
  useSalt(static_cast<std::uint64_t>(bad->newServerSalt));
  std::vector<std::int64_t> behind = idsBehind(bad->badMsgId);
  behind.push_back(bad->badMsgId);
  for (const std::int64_t id : behind) {
    Request* request = requests.findCurrent(id);
    if (request != nullptr && ++request->saltFailures > kSaltFailuresAllowed) {
      events.emplace_back(Failed{request->id, {500, "BAD_SERVER_SALT", 0}});
      requests.erase(request->id);
    }
  }
  sendAgain(bad->badMsgId);
}

void ClientSession::State::countBadMessage() {
  mustDrop = tooOften(badMessages, now(), kBadMessagesAllowed) || mustDrop;
}

/// All that was under way when a salt ended is refused, message by message: that is one round.
void ClientSession::State::countSaltRound(std::int64_t badMsgId) {
  if (badMsgId > saltRoundEnds) {
    saltRoundEnds = ids.last();
    mustDrop = tooOften(saltRounds, now(), kSaltRoundsAllowed) || mustDrop;
  }
}

void ClientSession::State::onBadMessage(const Message& message, tl::Reader& r) {
  const auto bad = mt::BadMsgNotification::decode(r);
  if (!bad.ok() || !isOurs(bad->badMsgId)) {
    note("foreign_bad_msg", bad.ok() ? bad->errorCode : 0);
    return;
  }
  note("bad_msg", bad->errorCode);
  countBadMessage();
  switch (bad->errorCode) {
    case 16:  // msg_id too low: our clock is behind
      clock.set(message.msgId);
      sendAgain(bad->badMsgId);
      break;
    case 20:  // too old to tell whether it was received
      doubtAll(bad->badMsgId);
      break;
    case 64:  // invalid container: its messages singly
      sendSingly(bad->badMsgId);
      break;
    case 17:  // msg_id too high: ids of this session must not go down, so it ends
      clock.set(message.msgId);
      sendAgain(bad->badMsgId);
      resetSession();
      break;
    case 19:  // the id of a container that the server has: with the same content, for all we know
      doubtAll(bad->badMsgId);
      resetSession();
      break;
    case 18:  // we and the server disagree about the session itself
    case 32:
    case 33:
    case 34:
    case 35:
      sendAgain(bad->badMsgId);
      resetSession();
      break;
    default:  // a code of the future need not mean that nothing was done
      doubtAll(bad->badMsgId);
      break;
  }
}

void ClientSession::State::sendSingly(std::int64_t containerId) {
  const std::vector<std::int64_t> inner = idsBehind(containerId);
  for (const std::int64_t id : inner) {
    if (Request* request = requests.findCurrent(id)) {
      request->alone = true;
    }
  }
  sendAgain(containerId);
  singly = true;
  if (inner.empty()) {  // it was single already
    resetSession();
  }
}

void ClientSession::State::resetSession() {
  previousSessionId = std::exchange(sessionId, random->u64() | 1);
  note("session_reset");
  ids.reset();
  saltRoundEnds = 0;
  contentCount = 0;
  window.clear();
  acks.clear();
  sent.clear();
  service.clear();
  uniqueId.reset();
  pingSentAt.reset();
  nextPingAt = now();
  for (const Request::Stage stage : {Request::Stage::Sent, Request::Stage::InDoubt}) {
    for (const RequestId id : requests.inStage(stage)) {
      doubtful(*requests.find(id));
    }
  }
}

void ClientSession::State::onNewSession(const Message& /*message*/, tl::Reader& r) {
  const auto created = mt::NewSessionCreated::decode(r);
  if (!created.ok()) {
    return;
  }
  useSalt(static_cast<std::uint64_t>(created->serverSalt));
  for (const Request::Stage stage : {Request::Stage::Sent, Request::Stage::InDoubt}) {
    for (const RequestId id : requests.inStage(stage)) {
      // This incarnation of the session has not got it; a former one may have.
      Request* request = requests.find(id);
      if (request->outerId < created->firstMsgId) {
        doubtful(*request);
      }
    }
  }
  const auto unique = static_cast<std::uint64_t>(created->uniqueId);
  if (uniqueId != unique) {
    uniqueId = unique;
    events.emplace_back(SessionCreated{unique});
  }
}

void ClientSession::State::onPong(const Message& /*message*/, tl::Reader& r) {
  const auto pong = mt::Pong::decode(r);
  if (pong.ok() && pong->pingId == pingId) {
    pingSentAt.reset();
    sent.take(pong->msgId);
  }
}

void ClientSession::State::onFutureSalts(const Message& /*message*/, tl::Reader& r) {
  const auto answer = mt::FutureSalts::decode(r);
  if (!answer.ok() || !sent.take(answer->reqMsgId)) {
    return;
  }
  std::vector<ClientSalts::Announced> announced;
  for (const mt::FutureSalt& salt : answer->salts) {
    announced.push_back({salt.validSince, salt.validUntil, static_cast<std::uint64_t>(salt.salt)});
  }
  salts.learn(std::move(announced));
}

void ClientSession::State::onStateRequest(const Message& message, tl::Reader& r) {
  const auto asked = mt::MsgsStateReq::decode(r);
  if (!asked.ok() || asked->msgIds.size() > kMaxIds) {
    return;
  }
  ServiceMessage answer{ServiceMessage::Kind::StateInfo, {message.msgId}, {}};
  for (const std::int64_t id : asked->msgIds) {
    switch (window.check(id)) {
      case DuplicateWindow::Verdict::Seen:
        answer.states.push_back(kReceived);
        break;
      case DuplicateWindow::Verdict::TooOld:
        answer.states.push_back(kUnknown);
        break;
      case DuplicateWindow::Verdict::New:
        answer.states.push_back(id > window.highest() ? kNotReceivedTooHigh : kNotReceived);
        break;
    }
  }
  queueService(std::move(answer));
}

void ClientSession::State::onStateInfo(const Message& /*message*/, tl::Reader& r) {
  const auto info = mt::MsgsStateInfo::decode(r);
  if (!info.ok()) {
    return;
  }
  const auto asked = sent.take(info->reqMsgId);
  if (!asked || asked->kind != ServiceMessage::Kind::StateRequest ||
      asked->msgIds.size() != info->info.size()) {
    return;
  }
  for (std::size_t i = 0; i < asked->msgIds.size(); ++i) {
    applyState(asked->msgIds[i], info->info[i]);
  }
}

void ClientSession::State::onAllInfo(const Message& /*message*/, tl::Reader& r) {
  const auto info = mt::MsgsAllInfo::decode(r);
  if (!info.ok() || info->msgIds.size() != info->info.size() || info->msgIds.size() > kMaxIds) {
    return;
  }
  for (std::size_t i = 0; i < info->msgIds.size(); ++i) {
    applyState(info->msgIds[i], info->info[i]);
  }
}

void ClientSession::State::applyState(std::int64_t msgId, Byte state) {
  Request* request = requests.findCurrent(msgId);
  if (request == nullptr) {
    return;
  }
  switch (state & kStateMask) {
    case kUnknown:
      doubtful(*request);
      break;
    case kNotReceived:
    case kNotReceivedTooHigh:
      requests.requeue(*request);
      note("resent", 1);
      break;
    case kReceived:
      request->stage = Request::Stage::Sent;
      // Answers of before come ahead of this information: what is not here by now was lost. Of what must not
      // be repeated the answer can only be waited for.
      if ((state & kAnswerGenerated) != 0 && request->idempotency != Idempotency::Never) {
        doubtful(*request);
      }
      break;
    default:
      break;
  }
}

void ClientSession::State::wantAnswer(std::int64_t answerId) {
  note("detailed_info");
  if (window.contains(answerId)) {
    acks.add(answerId, now());
  } else {
    queueService({ServiceMessage::Kind::ResendRequest, {answerId}, {}});
  }
}

void ClientSession::State::onDetailedInfo(const Message& /*message*/, tl::Reader& r) {
  if (const auto info = mt::MsgDetailedInfo::decode(r); info.ok()) {
    wantAnswer(info->answerMsgId);
  }
}

void ClientSession::State::onNewDetailedInfo(const Message& /*message*/, tl::Reader& r) {
  if (const auto info = mt::MsgNewDetailedInfo::decode(r); info.ok()) {
    wantAnswer(info->answerMsgId);
  }
}

void ClientSession::State::onResendRequest(const Message& /*message*/, tl::Reader& r) {
  if (resendsLeft == 0) {
    return;
  }
  auto asked = mt::MsgResendReq::decode(r);
  if (!asked.ok() || asked->msgIds.size() > kMaxIds) {
    return;
  }
  auto& named = asked->msgIds;
  std::ranges::sort(named);
  named.erase(std::unique(named.begin(), named.end()), named.end());
  named.resize(std::min(named.size(), resendsLeft));
  resendsLeft -= named.size();
  for (const std::int64_t id : named) {
    sendAgain(id);
  }
}

}  // namespace mtpool::mtproto
