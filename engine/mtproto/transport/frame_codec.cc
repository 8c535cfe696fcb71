// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/transport/frame_codec.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "engine/base/check.h"
#include "engine/mtproto/transport/frame_format.h"
#include "engine/mtproto/transport/obfuscated2.h"
#include "engine/mtproto/transport/receive_buffer.h"

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kMaxOutgoing = std::size_t{1} << 24;
constexpr std::size_t kMaxHead = 8;  // of any framing, beyond its payload

/// A format, a buffer and, when obfuscated, two key streams.
class StreamCodec final : public FrameCodec {
 public:
  StreamCodec(std::unique_ptr<FrameFormat> format, Bytes header, std::optional<ObfuscatedStreams> streams)
      : format_(std::move(format)), header_(std::move(header)), streams_(std::move(streams)) {}

  Bytes header() override { return std::exchange(header_, {}); }

  void encode(ByteView packet, Bytes& out) override {
    MTP_CHECK(packet.size() % 4 == 0 && packet.size() < kMaxOutgoing);
    const std::size_t start = out.size();
    format_->encode(packet, out);
    if (streams_) {
      streams_->outgoing.apply(MutableBytes(out).subspan(start));
    }
  }

  void encodeError(std::int32_t code, Bytes& out) override {
    Byte raw[4];
    storeLe32(raw, static_cast<std::uint32_t>(-std::abs(code)));
    encode(raw, out);
  }

  MutableBytes prepare(std::size_t atLeast) override { return buffer_.prepare(atLeast, underWay_); }

  void commit(std::size_t n) override {
    buffer_.commit(n);
    if (streams_) {
      streams_->incoming.apply(buffer_.pendingMutable(n));
    }
  }

  Result<std::optional<Frame>> next() override {
    for (;;) {
      MTP_TRY(const FrameCut cut, format_->cut(buffer_.pending()));
      if (cut.size > kMaxFrame + kMaxHead) {
        return Error(Errc::LimitExceeded, "a frame is larger than 4 MiB; the connection is closed");
      }
      underWay_ = cut.size;
      if (cut.size == 0 || cut.size > buffer_.pending().size()) {
        buffer_.release();
        return std::optional<Frame>();
      }
      underWay_ = 0;
      buffer_.consume(cut.size);
      MTP_TRY(std::optional<Frame> frame, interpret(cut));
      if (frame) {
        return frame;
      }
    }
  }

  std::size_t held() const override { return buffer_.capacity(); }

 private:
  /// nullopt for the server's no-op.
  Result<std::optional<Frame>> interpret(const FrameCut& cut) const {
    if (cut.quickAck) {
      return std::optional(Frame{Frame::Kind::QuickAck, {}, *cut.quickAck});
    }
    if (cut.payload.size() >= format_->smallestPacket()) {
      return std::optional(Frame{Frame::Kind::Packet, cut.payload, 0});
    }
    if (cut.payload.size() < 4) {
      return Error(Errc::Malformed, "a frame is too short for anything; the connection is closed");
    }
    const auto code = static_cast<std::int32_t>(loadLe32(cut.payload.data()));
    if (code == 0) {
      return std::optional<Frame>();
    }
    const std::int64_t magnitude = std::min<std::int64_t>(std::abs(std::int64_t{code}), INT32_MAX);
    return std::optional(Frame{Frame::Kind::TransportError, {}, static_cast<std::int32_t>(magnitude)});
  }

  std::unique_ptr<FrameFormat> format_;
  Bytes header_;
  std::optional<ObfuscatedStreams> streams_;
  ReceiveBuffer buffer_;
  std::size_t underWay_ = 0;
};

}  // namespace

std::unique_ptr<FrameFormat> makeFormat(Framing framing, Side side, Random& random) {
  switch (framing) {
    case Framing::Abridged:
      return makeAbridged(side);
    case Framing::Intermediate:
      return makeIntermediate(side);
    case Framing::Padded:
      return makePadded(side, random);
    case Framing::Full:
      return makeFull();
  }
  MTP_CHECK(false && "unknown framing");
  return nullptr;
}

void FrameCodec::feed(ByteView bytes) {
  if (bytes.empty()) {
    return;
  }
  const MutableBytes room = prepare(bytes.size());
  std::ranges::copy(bytes, room.begin());
  commit(bytes.size());
}

std::unique_ptr<FrameCodec> makeClientCodec(const ClientFraming& framing, Random& random) {
  auto format = makeFormat(framing.framing, Side::Client, random);
  if (!framing.obfuscate) {
    Bytes selector = format->selector();
    return std::make_unique<StreamCodec>(std::move(format), std::move(selector), std::nullopt);
  }
  ObfuscatedHeader drawn;
  do {
    random.fill(drawn);
  } while (looksLikeOther(drawn));
  ClientObfuscation obfuscation = obfuscateClient(drawn, framing);
  return std::make_unique<StreamCodec>(std::move(format), toBytes(obfuscation.header),
                                       std::move(obfuscation.streams));
}

ServerDetector::ServerDetector(Random& random, Bytes secret) : random_(&random), secret_(std::move(secret)) {}

Result<std::unique_ptr<FrameCodec>> ServerDetector::feed(ByteView bytes) {
  append(seen_, bytes);
  return decide();
}

std::unique_ptr<FrameCodec> ServerDetector::found(Framing framing, std::size_t headerSize) {
  framing_ = framing;
  auto codec = std::make_unique<StreamCodec>(makeFormat(framing, Side::Server, *random_), Bytes(),
                                             std::optional<ObfuscatedStreams>());
  codec->feed(ByteView(seen_).subspan(headerSize));
  seen_ = {};
  return codec;
}

Result<std::unique_ptr<FrameCodec>> ServerDetector::decide() {
  if (!seen_.empty() && seen_[0] == 0xef) {
    return found(Framing::Abridged, 1);
  }
  if (seen_.size() < 4) {
    return std::unique_ptr<FrameCodec>();
  }
  const std::uint32_t first = loadLe32(seen_.data());
  if (first == 0xeeeeeeee || first == 0xdddddddd) {
    return found(first == 0xeeeeeeee ? Framing::Intermediate : Framing::Padded, 4);
  }
  const std::string_view text = charsOf(ByteView(seen_).first(4));
  if (text == "HEAD" || text == "POST" || text == "GET " || text == "OPTI") {
    return Error(Errc::Malformed, "a stranger speaks HTTP on an MTProto port; the connection is closed");
  }
  if ((first & 0xffffff) == 0x010316) {
    return Error(Errc::Malformed, "a stranger speaks TLS on an MTProto port; the connection is closed");
  }
  if (seen_.size() < 8) {
    return std::unique_ptr<FrameCodec>();
  }
  if (loadLe32(seen_.data() + 4) == 0) {
    return found(Framing::Full, 0);
  }
  if (seen_.size() < kObfuscatedHeader) {
    return std::unique_ptr<FrameCodec>();
  }
  ObfuscatedHeader header;
  std::copy_n(seen_.begin(), header.size(), header.begin());
  MTP_TRY(ServerObfuscation obfuscation, obfuscateServer(header, secret_));
  obfuscated_ = true;
  framing_ = obfuscation.framing;
  dc_ = obfuscation.dc;
  auto codec = std::make_unique<StreamCodec>(makeFormat(framing_, Side::Server, *random_), Bytes(),
                                             std::move(obfuscation.streams));
  codec->feed(ByteView(seen_).subspan(kObfuscatedHeader));
  seen_ = {};
  return std::unique_ptr<FrameCodec>(std::move(codec));
}

}  // namespace mtpool::mtproto
