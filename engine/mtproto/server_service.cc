// SPDX-License-Identifier: Apache-2.0
// How the server's half answers service messages.
#include <algorithm>
#include <utility>

#include "engine/mtproto/server_session_state.h"
#include "engine/tl/codec.h"
#include "tl/mt/service.h"
#include "tl/mt/service_methods.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::size_t kMaxIds = 8192;
constexpr int kMaxSalts = 64;

// The byte of msgs_state_info.
constexpr Byte kUnknown = 1;
constexpr Byte kNotReceived = 2;
constexpr Byte kNotReceivedTooHigh = 3;
constexpr Byte kReceived = 4;
constexpr Byte kProcessing = 32;
constexpr Byte kAnswerGenerated = 64;

}  // namespace

ServerSessions::State::Handler ServerSessions::State::handlerOf(std::uint32_t id) {
  static constexpr std::array<std::pair<std::uint32_t, Handler>, 12> kHandlers = {{
      {mt::MsgsAck::kId, &State::onAcks},
      {mt::Ping::kId, &State::onPing},
      {mt::PingDelayDisconnect::kId, &State::onPingDelay},
      {mt::GetFutureSalts::kId, &State::onFutureSalts},
      {mt::MsgsStateReq::kId, &State::onStateRequest},
      {mt::MsgResendReq::kId, &State::onResendRequest},
      {mt::RpcDropAnswer::kId, &State::onDropAnswer},
      {mt::DestroySession::kId, &State::onDestroySession},
      {mt::DestroyAuthKey::kId, &State::onDestroyKey},
      {mt::MsgsStateInfo::kId, &State::onNothing},
      {mt::MsgsAllInfo::kId, &State::onNothing},
      {mt::HttpWait::kId, &State::onNothing},
  }};
  const auto found = std::ranges::find(kHandlers, id, &std::pair<std::uint32_t, Handler>::first);
  return found == kHandlers.end() ? nullptr : found->second;
}

void ServerSessions::State::onNothing(ServerSession& /*s*/, const Message& /*m*/, tl::Reader& /*r*/,
                                      ServerReceived& /*received*/) {}

void ServerSessions::State::onAcks(ServerSession& s, const Message& /*m*/, tl::Reader& r,
                                   ServerReceived& received) {
  auto acks = mt::MsgsAck::decode(r);
  if (!acks.ok() || acks->msgIds.size() > kMaxIds) {
    breach(received, "bad_service_message", "msgs_ack");
    return;
  }
  for (const std::int64_t id : acks->msgIds) {
    forget(s, id);
  }
  received.events.emplace_back(ServerAcked{std::move(acks->msgIds)});
}

void ServerSessions::State::onPing(ServerSession& s, const Message& m, tl::Reader& r,
                                   ServerReceived& received) {
  const auto ping = mt::Ping::decode(r);
  if (!ping.ok()) {
    breach(received, "bad_service_message", "ping");
    return;
  }
  respond(s, tl::serialize(mt::Pong{m.msgId, ping->pingId}));
}

void ServerSessions::State::onPingDelay(ServerSession& s, const Message& m, tl::Reader& r,
                                        ServerReceived& received) {
  const auto ping = mt::PingDelayDisconnect::decode(r);
  if (!ping.ok() || ping->disconnectDelay < 0) {
    breach(received, "bad_service_message", "ping_delay_disconnect");
    return;
  }
  received.events.emplace_back(ServerPingDelay{s.id, std::chrono::seconds(ping->disconnectDelay)});
  respond(s, tl::serialize(mt::Pong{m.msgId, ping->pingId}));
}

void ServerSessions::State::onFutureSalts(ServerSession& s, const Message& m, tl::Reader& r,
                                          ServerReceived& received) {
  const auto asked = mt::GetFutureSalts::decode(r);
  if (!asked.ok()) {
    breach(received, "bad_service_message", "get_future_salts");
    return;
  }
  mt::FutureSalts answer;
  answer.reqMsgId = m.msgId;
  answer.now = static_cast<std::int32_t>(unixNow());
  for (const SaltSchedule::Future& salt : salts.future(unixNow(), std::clamp(asked->num, 1, kMaxSalts))) {
    answer.salts.push_back({salt.since, salt.until, static_cast<std::int64_t>(salt.salt)});
  }
  respond(s, tl::serialize(answer));
}

Byte ServerSessions::State::stateOf(const ServerSession& s, std::int64_t msgId) {
  switch (s.window.check(msgId)) {
    case DuplicateWindow::Verdict::TooOld:
      return kUnknown;
    case DuplicateWindow::Verdict::New:
      return msgId > s.window.highest() ? kNotReceivedTooHigh : kNotReceived;
    case DuplicateWindow::Verdict::Seen:
      break;
  }
  const auto answer = s.answers.find(msgId);
  if (answer == s.answers.end()) {
    return kReceived;
  }
  return kReceived | (answer->second == kUnanswered ? kProcessing : kAnswerGenerated);
}

void ServerSessions::State::onStateRequest(ServerSession& s, const Message& m, tl::Reader& r,
                                           ServerReceived& received) {
  const auto asked = mt::MsgsStateReq::decode(r);
  if (!asked.ok() || asked->msgIds.size() > kMaxIds) {
    breach(received, "bad_service_message", "msgs_state_req");
    return;
  }
  mt::MsgsStateInfo info;
  info.reqMsgId = m.msgId;
  for (const std::int64_t id : asked->msgIds) {
    info.info.push_back(stateOf(s, id));
  }
  respond(s, tl::serialize(info));
}

void ServerSessions::State::onResendRequest(ServerSession& s, const Message& m, tl::Reader& r,
                                            ServerReceived& received) {
  const auto asked = mt::MsgResendReq::decode(r);
  if (!asked.ok() || asked->msgIds.size() > kMaxIds) {
    breach(received, "bad_service_message", "msg_resend_req");
    return;
  }
  mt::MsgsStateInfo gone;
  gone.reqMsgId = m.msgId;
  for (const std::int64_t id : asked->msgIds) {
    if (s.unacked.contains(id)) {
      resend(s, id);
    } else {
      gone.info.push_back(kUnknown);
    }
  }
  if (!gone.info.empty()) {
    respond(s, tl::serialize(gone));
  }
}

void ServerSessions::State::onDropAnswer(ServerSession& s, const Message& m, tl::Reader& r,
                                         ServerReceived& received) {
  const auto asked = mt::RpcDropAnswer::decode(r);
  if (!asked.ok()) {
    breach(received, "bad_service_message", "rpc_drop_answer");
    return;
  }
  Bytes outcome = tl::serialize(mt::RpcAnswerUnknown{});
  if (const auto answer = s.answers.extract(asked->reqMsgId); !answer.empty()) {
    const auto sent = s.unacked.find(answer.mapped());
    if (answer.mapped() == kUnanswered || answer.mapped() == kAnswerQueued) {
      outcome = tl::serialize(mt::RpcAnswerDroppedRunning{});
      s.outbox.remove_if([&](const Outgoing& o) { return o.about == asked->reqMsgId; });
    } else if (sent != s.unacked.end()) {
      outcome = tl::serialize(mt::RpcAnswerDropped{sent->first, sent->second.seqNo,
                                                   static_cast<std::int32_t>(sent->second.body.size())});
      s.unacked.erase(sent);
    }
  }
  s.answers[m.msgId] = kUnanswered;
  result(s, m.msgId, outcome);
}

void ServerSessions::State::onDestroySession(ServerSession& s, const Message& /*m*/, tl::Reader& r,
                                             ServerReceived& received) {
  const auto asked = mt::DestroySession::decode(r);
  if (!asked.ok()) {
    breach(received, "bad_service_message", "destroy_session");
    return;
  }
  const auto id = static_cast<std::uint64_t>(asked->sessionId);
  // The session that asks is not destroyed under its own feet.
  if (id != s.id && sessions.erase(id) > 0) {
    received.events.emplace_back(ServerDestroyed{false, id});
    respond(s, tl::serialize(mt::DestroySessionOk{asked->sessionId}));
  } else {
    respond(s, tl::serialize(mt::DestroySessionNone{asked->sessionId}));
  }
}

void ServerSessions::State::onDestroyKey(ServerSession& s, const Message& /*m*/, tl::Reader& /*r*/,
                                         ServerReceived& received) {
  received.events.emplace_back(ServerDestroyed{true, s.id});
  respond(s, tl::serialize(mt::DestroyAuthKeyOk{}));
}

}  // namespace mtpool::mtproto
