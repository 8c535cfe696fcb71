// SPDX-License-Identifier: Apache-2.0
// The framings of MTProto over a byte stream. Pure values: bytes in, frames out, no I/O.
// (core.telegram.org/mtproto/mtproto-transports.)
//
// A client writes header() once, then encode() per packet. A server lets ServerDetector look at the first
// bytes. Both feed what arrived and take complete frames out of next() until it has none, as views into the
// codec's own buffer. One thread.
#pragma once

#include <memory>
#include <optional>

#include "engine/base/random.h"
#include "engine/base/result.h"

namespace mtpool::mtproto {

enum class Framing { Abridged, Intermediate, Padded, Full };

/// Frames above this end the connection (Errc::LimitExceeded): nothing is allocated on a length field alone.
inline constexpr std::size_t kMaxFrame = (std::size_t{1} << 22) + 1024;

struct Frame {
  enum class Kind { Packet, TransportError, QuickAck } kind = Kind::Packet;
  ByteView packet;        // valid until the next call of next(), prepare() or feed()
  std::int32_t code = 0;  // TransportError: 404, 429, 444 …; QuickAck: the token
};

/// One side of one connection.
class FrameCodec {
 public:
  virtual ~FrameCodec() = default;

  /// What this side sends before its first frame; empty for servers and for Full.
  virtual Bytes header() = 0;
  /// Appends one framed packet to `out`. packet.size() % 4 == 0 and below 2^24 (checked).
  virtual void encode(ByteView packet, Bytes& out) = 0;
  /// A server's transport error as a frame; `code` is 404, 429, 444 …, negated on the wire.
  virtual void encodeError(std::int32_t code, Bytes& out) = 0;

  /// Where the caller reads into: at least `atLeast` writable bytes. The buffer is given back by the next()
  /// that finds nothing pending, so who waits for readability before prepare() holds none while idle.
  virtual MutableBytes prepare(std::size_t atLeast) = 0;
  /// The first `n` bytes of the last prepare() were filled.
  virtual void commit(std::size_t n) = 0;
  /// The next complete frame, nullopt when more bytes are needed. An error means the stream is broken and
  /// stays so: close it. A client's request for a quick ack is honoured by ignoring it.
  virtual Result<std::optional<Frame>> next() = 0;
  /// Bytes of buffer held now.
  virtual std::size_t held() const = 0;

  /// prepare(), copy and commit() in one, for bytes that already lie somewhere.
  void feed(ByteView bytes);
};

/// The client's end. With `obfuscate`, everything goes through obfuscated2 (AES-CTR) under the framing's tag
/// (not for Full, which has none: checked); `secret` is empty or the 16 bytes of an MTProxy.
struct ClientFraming {
  Framing framing = Framing::Intermediate;
  bool obfuscate = false;
  Bytes secret;
  /// Goes into the obfuscated header unless 0: proxies route by it. + 10000 test, negated media-only.
  std::int16_t dc = 0;
};

std::unique_ptr<FrameCodec> makeClientCodec(const ClientFraming& framing, Random& random);

/// The server's end: decides by the first bytes the client sent (up to 64 are needed). One use each.
class ServerDetector {
 public:
  /// With the 16 bytes of an MTProxy secret, obfuscated clients must know it.
  explicit ServerDetector(Random& random, Bytes secret = {});

  /// Adds received bytes. A codec once decided (bytes beyond the header are already in it), nullptr while
  /// undecided, Errc::Malformed for HTTP, TLS and other strangers.
  Result<std::unique_ptr<FrameCodec>> feed(ByteView bytes);

  /// What was found, for statistics; valid after feed() gave a codec.
  Framing framing() const { return framing_; }

  bool obfuscated() const { return obfuscated_; }

  /// The dc field of an obfuscated header; noise unless the client speaks to a proxy.
  std::int16_t dc() const { return dc_; }

 private:
  Result<std::unique_ptr<FrameCodec>> decide();
  std::unique_ptr<FrameCodec> found(Framing framing, std::size_t headerSize);

  Random* random_;
  Bytes secret_;
  Bytes seen_;
  Framing framing_ = Framing::Intermediate;
  bool obfuscated_ = false;
  std::int16_t dc_ = 0;
};

}  // namespace mtpool::mtproto
