// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/test_client.h"

#include <fmt/format.h>

#include "engine/async/deadline.h"
#include "engine/mtproto/packet.h"
#include "tl/api/wrapper_methods.h"

namespace mtpool::sim {

namespace {

constexpr std::chrono::seconds kPatience{60};

}  // namespace

Task<Result<void>> TestClient::connect(net::Endpoint endpoint, mtproto::ClientFraming framing) {
  MTP_CO_TRY(stream_, co_await net::connectTcp(std::move(endpoint)));
  codec_ = mtproto::makeClientCodec(framing, random_);
  if (session_ != nullptr) {
    session_->onConnected();
  }
  const Bytes header = codec_->header();
  if (header.empty()) {
    co_return Result<void>();
  }
  co_return co_await stream_->writeAll(header);
}

Task<Result<void>> TestClient::send(ByteView packet) {
  Bytes framed;
  codec_->encode(packet, framed);
  co_return co_await stream_->writeAll(framed);
}

Task<Result<Bytes>> TestClient::receive() {
  static const SystemClock kRealTime;
  while (true) {
    MTP_CO_TRY(const auto frame, codec_->next());
    if (frame && frame->kind == mtproto::Frame::Kind::Packet) {
      co_return toBytes(frame->packet);
    }
    if (frame && frame->kind == mtproto::Frame::Kind::TransportError) {
      co_return Error(Errc::ConnectionLost, "transport error").withArgument(frame->code);
    }
    if (!frame) {
      auto reading = stream_->readSome(codec_->prepare(4096));
      MTP_CO_TRY(const std::size_t count,
                 co_await async::withDeadline(kRealTime.mono() + kPatience, "no answer", std::move(reading)));
      codec_->commit(count);
    }
  }
}

Task<Result<Bytes>> TestClient::exchange(Bytes body) {
  const Bytes packet = mtproto::encodePlain(1, body);
  MTP_CO_DO(co_await send(packet));
  MTP_CO_TRY(const Bytes answer, co_await receive());
  MTP_CO_TRY(const auto plain, mtproto::decodePlain(answer));
  co_return toBytes(plain.body);
}

Task<Result<ClientKey>> TestClient::makeKey(std::int32_t dc, std::int32_t expiresIn,
                                            crypto::RsaPublicKey serverKey) {
  mtproto::HandshakeOptions options;
  options.dc = dc;
  options.expiresIn = expiresIn;
  options.serverKeys = {std::move(serverKey)};
  mtproto::HandshakeClient handshake(std::move(options), random_);
  std::optional<Bytes> body = handshake.start();
  while (body) {
    MTP_CO_TRY(const Bytes answer, co_await exchange(std::move(*body)));
    MTP_CO_TRY(body, handshake.step(answer));
  }
  mtproto::HandshakeResult made = handshake.takeResult();
  ClientKey key;
  key.key = std::make_shared<const crypto::AuthKey>(std::move(made.key));
  key.session = std::make_unique<mtproto::ClientSession>(key.key, made.salt, clock_, random_);
  key.session->serverClock().set(std::int64_t{made.serverTime} << 32);
  co_return key;
}

void TestClient::use(ClientKey& key) {
  session_ = key.session.get();
  session_->onConnected();
}

std::optional<Result<Bytes>> TestClient::outcome(std::vector<mtproto::SessionEvent> events,
                                                 mtproto::RequestId request) {
  for (auto& event : events) {
    if (auto* answered = std::get_if<mtproto::Answered>(&event);
        answered != nullptr && answered->request == request) {
      return std::move(answered->body);
    }
    if (auto* failed = std::get_if<mtproto::Failed>(&event);
        failed != nullptr && failed->request == request) {
      const auto& error = failed->error;
      std::string text = error.argument ? fmt::format("{}_{}", error.name, *error.argument) : error.name;
      return Error(Errc::RpcBadRequest, std::move(text)).withArgument(error.code);
    }
  }
  return std::nullopt;
}

Task<Result<Bytes>> TestClient::callRaw(Bytes query) {
  MTP_CO_TRY(const auto request, session_->submit(std::move(query), mtproto::Idempotency::Read));
  while (true) {
    for (const Bytes& packet : session_->takePackets()) {
      MTP_CO_DO(co_await send(packet));
    }
    MTP_CO_TRY(const Bytes packet, co_await receive());
    MTP_CO_TRY(auto events, session_->receive(packet));
    if (auto result = outcome(std::move(events), request)) {
      co_return std::move(*result);
    }
  }
}

Bytes TestClient::introduced(Bytes query) {
  tl::api::InitConnection init;
  init.apiId = 1;
  init.deviceModel = "test";
  init.systemVersion = "1";
  init.appVersion = "1";
  init.systemLangCode = "en";
  init.langCode = "en";
  init.query.bytes = std::move(query);
  tl::api::InvokeWithLayer layer;
  layer.layer = 227;
  layer.query = tl::rawOf(init);
  return tl::serialize(layer);
}

void TestClient::close() {
  if (session_ != nullptr) {
    session_->onDisconnected();
  }
  stream_->close();
}

}  // namespace mtpool::sim
