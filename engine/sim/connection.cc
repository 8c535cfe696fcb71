// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "engine/async/deadline.h"
#include "engine/async/timer.h"
#include "engine/base/log.h"
#include "engine/sim/data_centre.h"
#include "engine/sim/services/router.h"
#include "engine/sim/unwrap.h"
#include "engine/tl/service_ids.h"
#include "tl/mt/service_methods.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kReadAtOnce = 16 * 1024;
// Telegram closes what stays silent; sockets live in real time also where the clock is virtual.
constexpr std::chrono::minutes kSilence{15};
// How long a closed socket may take to be noticed before its successor counts as a second connection.
constexpr std::chrono::milliseconds kHandover{300};
constexpr std::int32_t kTestDcOffset = 10'000;
// Session ids are the client's choice; the protocol remembers 64 of a key.
constexpr std::size_t kMostCarriers = 256;

constexpr std::int32_t kAuthKeyUnknown = 404;
constexpr std::int32_t kTransportFlood = 429;
constexpr std::int32_t kInvalidDc = 444;

bool beginsExchange(ByteView body) {
  const std::uint32_t id = tl::Reader(body).peekId();
  return id == tl::mt::ReqPqMulti::kId || id == tl::kReqPqId;
}

}  // namespace

Connection::Connection(DataCentre& dc, ConnectionId id, std::unique_ptr<net::Stream> stream)
    : dc_(dc),
      scene_(dc.scene()),
      id_(id),
      stream_(std::move(stream)),
      silence_(kSilence),
      detector_(scene_.random),
      serverClock_(scene_.clock) {
  serverClock_.set(scene_.now() << 32);
}

Connection::~Connection() {
  for (const Key& key : claimed_) {
    key->connections.erase(id_);
  }
}

Task<void> Connection::run() {
  while (!closing_) {
    auto read = co_await readMore();
    if (!read) {
      break;
    }
    const auto handled = co_await handleFrames();
    const auto flushed = co_await flush();
    if (!handled) {
      log::debug("sim", "connection {} of data centre {} ends: {}", stream_->peer(), dc_.id(),
                 handled.error().text());
    }
    if (!handled || !flushed) {
      break;
    }
  }
  stream_->close();
}

Task<Result<void>> Connection::readMore() {
  static const SystemClock kRealTime;
  auto readable = stream_->waitReadable();
  MTP_CO_DO(co_await async::withDeadline(kRealTime.mono() + silence_, "the client was silent for too long",
                                         std::move(readable)));
  if (codec_) {
    MTP_CO_TRY(const std::size_t count, co_await stream_->readSome(codec_->prepare(kReadAtOnce)));
    codec_->commit(count);
    co_return Result<void>();
  }
  std::array<Byte, 1024> first;
  MTP_CO_TRY(const std::size_t count, co_await stream_->readSome(first));
  MTP_CO_TRY(auto codec, detector_.feed(ByteView(first).first(count)));
  if (codec) {
    codec_ = std::move(codec);
  }
  co_return Result<void>();
}

Task<Result<void>> Connection::handleFrames() {
  while (codec_ && !closing_) {
    auto frame = codec_->next();
    if (!frame) {
      co_return broken({}, "framing", frame.error().text());
    }
    if (!*frame) {
      break;
    }
    if ((*frame)->kind == mtproto::Frame::Kind::Packet) {
      MTP_CO_DO(co_await handlePacket((*frame)->packet));
    }
  }
  co_return Result<void>();
}

Task<Result<void>> Connection::handlePacket(ByteView packet) {
  if (packet.size() < 8) {
    co_return broken({}, "short_packet", fmt::format("{} bytes", packet.size()));
  }
  const std::uint64_t keyId = mtproto::authKeyIdOf(packet);
  if (keyId == 0) {
    co_return handlePlain(packet);
  }
  Key key = dc_.keys().find(keyId, scene_.now());
  if (!key) {
    transportError(kAuthKeyUnknown);
    co_return Result<void>();
  }
  auto received = key->sessions.receive(packet);
  if (!received) {
    co_return broken(key->client, "packet", received.error().text());
  }
  if (key->carriers.size() >= kMostCarriers && !key->carriers.contains(received->sessionId)) {
    key->carriers.clear();
  }
  ConnectionId& carrier = key->carriers[received->sessionId];
  if (carrier != 0 && carrier != id_) {
    key->sessions.onReconnected(received->sessionId);
  }
  carrier = id_;
  auto handled = co_await handleEvents(key, std::move(received->events));
  for (const Bytes& out : key->sessions.takePackets(received->sessionId)) {
    codec_->encode(out, out_);
  }
  co_return handled;
}

Result<void> Connection::handlePlain(ByteView packet) {
  const auto plain = mtproto::decodePlain(packet);
  if (!plain) {
    return broken({}, "plain_packet", plain.error().text());
  }
  auto answer = stepHandshake(plain->body);
  if (!answer) {
    transportError(kAuthKeyUnknown);
    return broken({}, "key_exchange", answer.error().text());
  }
  if (handshake_->finished() && !keyTaken_) {
    MTP_DO(keepNewKey());
  }
  const Bytes reply = mtproto::encodePlain(plainIds_.next(serverClock_, scene_.random, 1), *answer);
  codec_->encode(reply, out_);
  return {};
}

// A client may make several keys over one connection, and may repeat a request whose answer it lost.
Result<Bytes> Connection::stepHandshake(ByteView body) {
  if (handshake_) {
    auto answer = handshake_->step(body);
    if (answer || !beginsExchange(body)) {
      return answer;
    }
  }
  mtproto::HandshakeServerOptions options;
  options.legacyRsa = scene_.legacyRsa;
  options.judge = [this](std::uint64_t keyId) {
    return dc_.keys().contains(keyId) ? mtproto::KeyVerdict::Taken : mtproto::KeyVerdict::Fresh;
  };
  handshake_.emplace(scene_.serverKey, scene_.random, scene_.clock, std::move(options));
  keyTaken_ = false;
  return handshake_->step(body);
}

Result<void> Connection::keepNewKey() {
  mtproto::HandshakeServerResult made = handshake_->takeResult();
  keyTaken_ = true;
  const std::int32_t claimedDc = std::abs(made.dc) % kTestDcOffset;
  ClientName client;
  client.keyId = made.result.key.id();
  if (!made.legacyInnerData && claimedDc != dc_.id()) {
    transportError(kInvalidDc);
    return broken(client, "wrong_dc", fmt::format("made a key for DC {} at DC {}", made.dc, dc_.id()));
  }
  if (dc_.keys().full()) {
    transportError(kTransportFlood);
    return Error(Errc::LimitExceeded, "there are too many keys");
  }
  if (made.oldRsaScheme) {
    scene_.report.deviation(client, "old_rsa_scheme");
  }
  if (made.legacyInnerData) {
    scene_.report.deviation(client, "inner_data_without_dc");
  }
  scene_.report.handshake();
  auto key = std::make_shared<const crypto::AuthKey>(std::move(made.result.key));
  mtproto::SaltSchedule salts(scene_.world.options().seed ^ key->id(), made.result.salt, scene_.now());
  auto record = std::make_shared<KeyRecord>(
      key, mtproto::ServerSessions(key, std::move(salts), scene_.clock, scene_.random));
  record->expiresAt = made.result.expiresIn == 0 ? 0 : scene_.now() + made.result.expiresIn;
  record->client = client;
  dc_.keys().add(std::move(record));
  return {};
}

Task<Result<void>> Connection::handleEvents(Key key, std::vector<mtproto::ServerEvent> events) {
  for (mtproto::ServerEvent& event : events) {
    if (auto* query = std::get_if<mtproto::ServerQuery>(&event)) {
      MTP_CO_DO(co_await handleQuery(key, std::move(*query)));
    } else if (const auto* violation = std::get_if<mtproto::ServerViolation>(&event)) {
      scene_.report.violation(key->client, violation->what, violation->detail);
    } else if (const auto* deviation = std::get_if<mtproto::ServerDeviation>(&event)) {
      scene_.report.deviation(key->client, deviation->what);
    } else if (const auto* ping = std::get_if<mtproto::ServerPingDelay>(&event)) {
      silence_ = std::min<std::chrono::seconds>(ping->delay, kSilence);
    } else if (const auto* destroyed = std::get_if<mtproto::ServerDestroyed>(&event)) {
      if (destroyed->wholeKey) {
        dc_.keys().remove(key->key->id());
      } else {
        key->carriers.erase(destroyed->sessionId);
      }
    }
  }
  co_return Result<void>();
}

Task<Result<void>> Connection::handleQuery(Key key, mtproto::ServerQuery query) {
  Key owner = dc_.keys().ownerOf(key, scene_.now());
  if (!owner) {
    key->sessions.fail(query.sessionId, query.msgId, 401, "AUTH_KEY_PERM_EMPTY");
    co_return Result<void>();
  }
  co_await claim(owner, key->client);
  const Answer result = co_await answer(key, owner, std::move(query.body), query.sessionId, query.msgId);
  if (const auto* body = std::get_if<Bytes>(&result)) {
    key->sessions.answer(query.sessionId, query.msgId, *body);
  } else {
    const auto& refusal = std::get<Refusal>(result);
    key->sessions.fail(query.sessionId, query.msgId, refusal.code, refusal.message);
  }
  if (closing_) {
    out_.clear();  // the answer waits in the session for the next connection, as Telegram's do
    co_return Error(Errc::ConnectionLost, "closed by a fault that was ordered");
  }
  co_return Result<void>();
}

void Connection::introduce(KeyRecord& key, const Key& owner, const Introduction& introduction) {
  key.client = ClientName{introduction.device, introduction.app, owner->key->id()};
  if (introduction.layer != 0) {
    key.layer = introduction.layer;
  } else if (key.layer == 0) {
    scene_.report.violation(key.client, "init_without_layer",
                            "initConnection stands outside invokeWithLayer");
  }
}

Task<Answer> Connection::answer(Key key, Key owner, Bytes body, std::uint64_t sessionId, std::int64_t msgId) {
  auto opened = unwrap(std::move(body));
  if (auto* refusal = std::get_if<Refusal>(&opened)) {
    scene_.report.violation(key->client, "wrapper", refusal->message);
    co_return std::move(*refusal);
  }
  auto& call = std::get<Unwrapped>(opened);
  if (call.introduction) {
    introduce(*key, owner, *call.introduction);
  }
  const std::string method = Router::nameOf(call.query);
  if (key->layer == 0 && method != "auth.bindTempAuthKey") {
    scene_.report.violation(key->client, "not_introduced", method);
    co_return refuse(400, "CONNECTION_NOT_INITED");
  }
  const std::int64_t who =
      owner->login.account != 0 ? owner->login.account : static_cast<std::int64_t>(owner->key->id());
  const FaultVerdict fault = scene_.faults.onRequest(who, method);
  closing_ = fault.close;
  if (auto refusal = heldBack(*owner, *key, method, fault.floodSeconds)) {
    co_return std::move(*refusal);
  }
  if (fault.delayMilliseconds > 0) {
    (void)co_await async::sleepFor(std::chrono::milliseconds(fault.delayMilliseconds));
  }
  Request request{scene_, dc_.keys(), dc_.id(), *key, *owner, sessionId, msgId};
  Answer served = router().route(request, call.query);
  if (auto* page = std::get_if<Bytes>(&served); page != nullptr && fault.damage) {
    co_return damaged(*page);
  }
  co_return served;
}

std::optional<Refusal> Connection::heldBack(KeyRecord& owner, const KeyRecord& key, const std::string& method,
                                            std::int32_t floodSeconds) {
  const MonoTime now = scene_.clock.mono();
  if (const auto told = owner.told.find(method); told != owner.told.end()) {
    if (now < told->second) {
      const auto left = std::chrono::ceil<std::chrono::seconds>(told->second - now).count();
      scene_.report.violation(key.client, "early_retry", fmt::format("{}, {} s too early", method, left));
      return Refusal{420, fmt::format("FLOOD_WAIT_{}", left)};
    }
    owner.told.erase(told);
  }
  if (floodSeconds == 0) {
    return std::nullopt;
  }
  owner.told[method] = now + std::chrono::seconds(floodSeconds);
  return Refusal{420, fmt::format("FLOOD_WAIT_{}", floodSeconds)};
}

bool Connection::contested(const KeyRecord& owner) const {
  const Account* account = scene_.accounts.find(owner.login.account);
  return account != nullptr && account->homeDc == dc_.id() && !owner.login.destroyed &&
         owner.connections.size() > 1;
}

Task<void> Connection::claim(Key owner, const ClientName& client) {
  owner->connections.insert(id_);
  claimed_.insert(owner);
  if (!contested(*owner)) {
    co_return;
  }
  const ClientName name = client;
  if ((co_await async::sleepFor(kHandover)).ok() && contested(*owner)) {
    owner->login.destroyed = true;
    scene_.report.violation(name, "second_home_connection", stream_->peer());
  }
}

Task<Result<void>> Connection::flush() {
  if (out_.empty()) {
    co_return Result<void>();
  }
  auto result = co_await stream_->writeAll(out_);
  out_.clear();
  if (out_.capacity() > kReadAtOnce) {
    out_.shrink_to_fit();  // an idle connection holds no buffer
  }
  co_return result;
}

void Connection::transportError(std::int32_t code) {
  codec_->encodeError(code, out_);
  closing_ = true;
}

Error Connection::broken(const ClientName& client, std::string_view what, const std::string& detail) {
  scene_.report.violation(client, what, detail);
  return Error(Errc::Malformed, fmt::format("{}: {}", what, detail));
}

}  // namespace mtpool::sim
