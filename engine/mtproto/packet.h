// SPDX-License-Identifier: Apache-2.0
// One transport packet: plain (key exchange) or encrypted (everything else). (mtproto/description.)
#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/auth_key.h"

namespace mtpool::mtproto {

/// auth_key_id = 0 | msg_id | length | body.
struct PlainMessage {
  std::int64_t msgId = 0;
  ByteView body;  // view into the packet; may have trailing bytes beyond the object
};

Bytes encodePlain(std::int64_t msgId, ByteView body);
Result<PlainMessage> decodePlain(ByteView packet);

/// 0 for plain packets. The packet must have at least 8 bytes.
std::uint64_t authKeyIdOf(ByteView packet);

struct Envelope {
  std::uint64_t salt = 0;
  std::uint64_t sessionId = 0;
  std::int64_t msgId = 0;
  std::int32_t seqNo = 0;
};

/// Appends the encrypted packet to `out`. body.size() % 4 == 0 (checked); 12..267 random bytes of padding.
void encryptPacket(const crypto::AuthKey& key, crypto::Sender sender, const Envelope& envelope, ByteView body,
                   Random& random, Bytes& out);
/// The same with given padding, for known-answer tests. Sizes are checked.
void encryptPacketWith(const crypto::AuthKey& key, crypto::Sender sender, const Envelope& envelope,
                       ByteView body, ByteView padding, Bytes& out);

struct DecryptedPacket {
  Envelope envelope;
  ByteView body;               // view into the caller's scratch
  std::uint32_t quickAck = 0;  // token the server would send for it
};

/// Checks in the order the guidelines demand: key id, then msg_key over everything decrypted, only then
/// lengths and padding. Bytes beyond the last whole block (padded transport) are cut off. Every failure is
/// the same Errc::SecurityCheck: drop the connection. Decrypts into `scratch` (reused). Session id, msg_id
/// and salt are the session's business.
Result<DecryptedPacket> decryptPacket(const crypto::AuthKey& key, crypto::Sender sender, ByteView packet,
                                      Bytes& scratch);

}  // namespace mtpool::mtproto
