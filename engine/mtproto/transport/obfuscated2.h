// SPDX-License-Identifier: Apache-2.0
// obfuscated2: both directions of a connection under AES-256-CTR whose keys travel in a 64-byte header.
// Without an MTProxy secret it hides nothing from who knows the protocol; it only looks like noise.
#pragma once

#include <array>

#include "engine/base/result.h"
#include "engine/crypto/aes.h"
#include "engine/mtproto/transport/frame_codec.h"

namespace mtpool::mtproto {

inline constexpr std::size_t kObfuscatedHeader = 64;
using ObfuscatedHeader = std::array<Byte, kObfuscatedHeader>;

/// The two key streams of a connection, seen from one end; the header is already accounted for.
struct ObfuscatedStreams {
  crypto::AesCtr incoming;
  crypto::AesCtr outgoing;
};

/// True for first bytes that would be taken for another framing, HTTP or TLS: draw again.
bool looksLikeOther(const ObfuscatedHeader& drawn);

struct ClientObfuscation {
  ObfuscatedHeader header;  // as sent
  ObfuscatedStreams streams;
};

/// The client's end from 64 drawn bytes. dc 0 leaves the drawn bytes in its place.
ClientObfuscation obfuscateClient(ObfuscatedHeader drawn, const ClientFraming& framing);

struct ServerObfuscation {
  Framing framing;
  std::int16_t dc;
  ObfuscatedStreams streams;
};

/// The server's end from a received header. Errc::Malformed when no framing's tag is inside, which is also
/// what a wrong secret gives.
Result<ServerObfuscation> obfuscateServer(const ObfuscatedHeader& received, ByteView secret);

}  // namespace mtpool::mtproto
