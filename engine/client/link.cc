// SPDX-License-Identifier: Apache-2.0
#include "engine/client/link.h"

#include <fmt/format.h>

namespace mtpool::client {

namespace {

// Enough for most answers in one read; a page of history comes in one to four.
constexpr std::size_t kReadChunk = 16 * 1024;

Error transportError(std::int32_t code, const std::string& peer) {
  switch (code) {
    case 404:
      return Error(Errc::AuthKeyUnknown, fmt::format("{} does not know the key (-404)", peer))
          .withArgument(code);
    case 429:
      return Error(Errc::TransportFlood, fmt::format("{} sees too many connections (-429)", peer))
          .withArgument(code);
    case 444:
      return Error(Errc::InvalidDc,
                   fmt::format(
                       "{} is another data centre than the one asked for (-444); check MTPROTO_DC_LIST and "
                       "MTPROTO_TEST_DC",
                       peer))
          .withArgument(code);
    default:
      return Error(Errc::ConnectionLost, fmt::format("{} ended the connection with code -{}", peer, code))
          .withArgument(code);
  }
}

}  // namespace

Link::Link(ClientContext& context, std::unique_ptr<net::Stream> stream)
    : context_(context), stream_(std::move(stream)) {
  mtproto::ClientFraming framing;
  framing.framing = mtproto::Framing::Intermediate;
  framing.obfuscate = true;
  codec_ = mtproto::makeClientCodec(framing, context_.random);
}

Link::~Link() {
  close();
}

MonoTime Link::turn(ClientContext& context, std::int32_t dc) {
  return context.connectGates[dc].turn(context.connectRate, context.clock.mono());
}

std::size_t Link::addresses(const ClientContext& context, std::int32_t dc) {
  return context.directory.endpoints(dc).size();
}

Task<Result<std::unique_ptr<Link>>> Link::open(ClientContext& context, std::int32_t dc, std::size_t which) {
  const auto endpoints = context.directory.endpoints(dc);
  if (endpoints.empty()) {
    co_return Error(Errc::NotFound,
                    fmt::format("no address is known for data centre {}; check MTPROTO_DC_LIST", dc));
  }
  auto stream = co_await net::connectTcp(endpoints[which % endpoints.size()]);
  if (!stream.ok()) {
    context.probe.connectFailures.add();
    co_return std::move(stream).error().in(fmt::format("data centre {}", dc));
  }
  context.probe.connects.add();
  co_return std::unique_ptr<Link>(new Link(context, std::move(*stream)));
}

Result<ByteView> Link::unwrap(const mtproto::Frame& frame, bool& again) const {
  again = false;
  switch (frame.kind) {
    case mtproto::Frame::Kind::Packet:
      return frame.packet;
    case mtproto::Frame::Kind::TransportError:
      return transportError(frame.code, stream_->peer());
    case mtproto::Frame::Kind::QuickAck:
      break;
  }
  again = true;
  return ByteView();
}

Task<Result<ByteView>> Link::receive() {
  while (true) {
    auto next = codec_->next();
    if (!next.ok()) {
      co_return std::move(next).error();
    }
    if (next->has_value()) {
      bool again = false;
      auto packet = unwrap(**next, again);
      if (again) {
        continue;
      }
      co_return packet;
    }
    MTP_CO_DO(co_await stream_->waitReadable());
    const auto buffer = codec_->prepare(kReadChunk);
    MTP_CO_TRY(const std::size_t n, co_await stream_->readSome(buffer));
    codec_->commit(n);
    context_.probe.bytesReceived.add(n);
  }
}

Task<Result<void>> Link::send(const std::vector<Bytes>& packets) {
  out_.clear();
  if (!headerSent_) {
    out_ = codec_->header();
    headerSent_ = true;
  }
  for (const auto& packet : packets) {
    codec_->encode(packet, out_);
  }
  auto sent = co_await stream_->writeAll(out_);
  if (out_.capacity() > kReadChunk) {
    Bytes().swap(out_);
  }
  co_return sent;
}

void Link::close() {
  if (stream_) {
    stream_->close();
  }
}

std::string Link::peer() const {
  return stream_->peer();
}

}  // namespace mtpool::client
