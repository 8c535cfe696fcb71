// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/transport/obfuscated2.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/crypto/sha.h"

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kTagAt = 56;
constexpr std::size_t kDcAt = 60;

Byte tagOf(Framing framing) {
  switch (framing) {
    case Framing::Abridged:
      return 0xef;
    case Framing::Intermediate:
      return 0xee;
    case Framing::Padded:
      return 0xdd;
    case Framing::Full:
      break;
  }
  MTP_CHECK(false && "the full framing has no tag");
  return 0;
}

/// The stream keyed by bytes 8..56 of a header, forwards for what the client sends, backwards for what it
/// gets.
crypto::AesCtr streamOf(const ObfuscatedHeader& header, ByteView secret) {
  crypto::AesKey key;
  std::array<Byte, 16> iv;
  std::copy_n(header.begin() + 8, key.size(), key.begin());
  std::copy_n(header.begin() + 40, iv.size(), iv.begin());
  if (!secret.empty()) {
    MTP_CHECK(secret.size() == 16);
    key = crypto::sha256({key, secret});
  }
  return {key, iv};
}

ObfuscatedHeader reversed(ObfuscatedHeader header) {
  std::reverse(header.begin(), header.end());
  return header;
}

}  // namespace

bool looksLikeOther(const ObfuscatedHeader& drawn) {
  static constexpr std::array<std::uint32_t, 7> kTaken = {0x44414548,  // HEAD
                                                          0x54534f50,  // POST
                                                          0x20544547,  // GET
                                                          0x4954504f,  // OPTI
                                                          0x02010316,  // a TLS hello
                                                          0xdddddddd, 0xeeeeeeee};
  return drawn[0] == 0xef || std::ranges::find(kTaken, loadLe32(drawn.data())) != kTaken.end() ||
         loadLe32(drawn.data() + 4) == 0;
}

ClientObfuscation obfuscateClient(ObfuscatedHeader drawn, const ClientFraming& framing) {
  std::fill_n(drawn.begin() + kTagAt, 4, tagOf(framing.framing));
  if (framing.dc != 0) {
    const auto dc = static_cast<std::uint16_t>(framing.dc);
    drawn[kDcAt] = static_cast<Byte>(dc);
    drawn[kDcAt + 1] = static_cast<Byte>(dc >> 8);
  }
  ObfuscatedStreams streams{streamOf(reversed(drawn), framing.secret), streamOf(drawn, framing.secret)};
  ObfuscatedHeader encrypted = drawn;
  streams.outgoing.apply(encrypted);
  std::copy(encrypted.begin() + kTagAt, encrypted.end(), drawn.begin() + kTagAt);
  return {drawn, std::move(streams)};
}

Result<ServerObfuscation> obfuscateServer(const ObfuscatedHeader& received, ByteView secret) {
  ObfuscatedStreams streams{streamOf(received, secret), streamOf(reversed(received), secret)};
  ObfuscatedHeader plain = received;
  streams.incoming.apply(plain);
  const std::uint32_t tag = loadLe32(plain.data() + kTagAt);
  const auto dc = static_cast<std::int16_t>(plain[kDcAt] | plain[kDcAt + 1] << 8);
  for (const Framing framing : {Framing::Abridged, Framing::Intermediate, Framing::Padded}) {
    if (tag == tagOf(framing) * 0x01010101U) {
      return ServerObfuscation{framing, dc, std::move(streams)};
    }
  }
  return Error(Errc::Malformed, "the first 64 bytes are no obfuscated header known here (or a wrong secret)");
}

}  // namespace mtpool::mtproto
