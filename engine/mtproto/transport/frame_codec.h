// SPDX-License-Identifier: Apache-2.0
// The framings of MTProto over a byte stream. Pure values: bytes in, frames out, no I/O.
// (core.telegram.org/mtproto/mtproto-transports; resources/docs has the vectors.)
//
// A client writes header() once, then encode() per packet. A server lets Detector look at the first bytes.
// Both feed what arrived to decode(), which hands out complete frames as views into its own buffer.
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
  ByteView packet;        // valid until the next call of any method of the codec
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
  /// A server's transport error (-404 …) as a frame.
  virtual void encodeError(std::int32_t code, Bytes& out) = 0;

  /// Where the caller reads into: at least `atLeast` writable bytes. The buffer is given back when nothing is
  /// pending, so an idle connection holds none.
  virtual MutableBytes prepare(std::size_t atLeast) = 0;
  /// `n` bytes of prepare() were filled.
  virtual void commit(std::size_t n) = 0;
  /// The next complete frame, nullopt when more bytes are needed, an error when the stream is broken: close
  /// it.
  virtual Result<std::optional<Frame>> next() = 0;
};

/// The client's end. With `obfuscate`, everything goes through obfuscated2 (AES-CTR) under the framing's tag;
/// `secret` is empty or the 16 bytes of an MTProxy; dc goes into the header for proxies.
struct ClientFraming {
  Framing framing = Framing::Intermediate;
  bool obfuscate = false;
  Bytes secret;
  std::int16_t dc = 0;
};

std::unique_ptr<FrameCodec> makeClientCodec(const ClientFraming& framing, Random& random);

/// The server's end: decides by the first bytes the client sent (up to 64 are needed).
class ServerDetector {
 public:
  explicit ServerDetector(Random& random, Bytes secret = {});

  /// Adds received bytes. A codec once decided (bytes beyond the header are already in it), nullopt while
  /// undecided, Errc::Malformed for HTTP, TLS and other strangers.
  Result<std::optional<std::unique_ptr<FrameCodec>>> feed(ByteView bytes);

  /// What was found, for statistics; valid after feed() gave a codec.
  Framing framing() const { return framing_; }

  bool obfuscated() const { return obfuscated_; }

 private:
  Random& random_;
  Bytes secret_;
  Bytes seen_;
  Framing framing_ = Framing::Intermediate;
  bool obfuscated_ = false;
};

}  // namespace mtpool::mtproto
