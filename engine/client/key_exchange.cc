// SPDX-License-Identifier: Apache-2.0
#include "engine/client/key_exchange.h"

#include <fmt/format.h>

#include "engine/mtproto/packet.h"
#include "engine/mtproto/server_clock.h"

namespace mtpool::client {

namespace {

// Telegram counts its test data centres from 10000.
constexpr std::int32_t kTestDcOffset = 10000;

using Step = Result<std::optional<Bytes>>;

}  // namespace

Task<Result<mtproto::HandshakeResult>> exchangeKey(ClientContext& context, Link& link, std::int32_t dc) {
  mtproto::HandshakeOptions options;
  options.dc = context.testDc ? dc + kTestDcOffset : dc;
  options.serverKeys = context.serverKeys;
  mtproto::HandshakeClient handshake(std::move(options), context.random);
  // The server takes our time from its own clock; ids only have to grow and look like time.
  mtproto::ServerClock hostTime(context.clock);
  hostTime.set(unixSeconds(context.clock.wall()) << 32);
  mtproto::MessageIdSource ids;
  std::optional<Bytes> body = handshake.start();
  while (body) {
    std::vector<Bytes> packets;
    packets.push_back(mtproto::encodePlain(ids.next(hostTime, context.random), *body));
    MTP_CO_DO(co_await link.send(packets));
    MTP_CO_TRY(const ByteView packet, co_await link.receive());
    MTP_CO_TRY(const mtproto::PlainMessage answer, mtproto::decodePlain(packet));
    auto work = [&handshake, answer]() -> Step { return handshake.step(answer.body); };
    auto next = co_await context.crypto.call(work);
    if (!next.ok()) {
      co_return std::move(next).error().in(fmt::format("key exchange with {}", link.peer()));
    }
    body = std::move(*next);
  }
  context.probe.handshakes.add();
  co_return handshake.takeResult();
}

}  // namespace mtpool::client
