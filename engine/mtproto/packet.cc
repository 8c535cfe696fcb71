// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/packet.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/crypto/aes.h"
#include "engine/crypto/sha.h"

namespace mtpool::mtproto {
namespace {

constexpr std::size_t kPlainHead = 20;  // key id 0, msg_id, length
constexpr std::size_t kOuterHead = 24;  // key id, msg_key
constexpr std::size_t kInnerHead = 32;  // salt, session, msg_id, seq_no, length
constexpr std::size_t kMinPadding = 12;
constexpr std::size_t kMaxPadding = 1024;
constexpr std::size_t kSmallest = kOuterHead + 48;
constexpr std::size_t kExtraBlocks = 16;

// One sentence for every failure: whoever forged the packet learns nothing from which check it failed.
Error rejected() {
  return Error(Errc::SecurityCheck, "an encrypted packet failed the checks; the connection is closed");
}

/// Plaintext whose msg_key was verified. Nothing else can make one, so no field is read before the check.
class Verified {
 public:
  static Result<Verified> open(const crypto::AuthKey& key, crypto::Sender sender, ByteView packet,
                               Bytes& scratch) {
    crypto::MsgKey msgKey;
    std::copy_n(packet.begin() + 8, msgKey.size(), msgKey.begin());
    scratch.resize(packet.size() - kOuterHead);
    crypto::igeDecrypt(key.messageKey(msgKey, sender), packet.subspan(kOuterHead), scratch);
    const auto large = key.msgKeyLarge(sender, scratch);
    if (!crypto::equalConstantTime(ByteView(large).subspan(8, msgKey.size()), msgKey)) {
      return rejected();
    }
    return Verified(scratch, loadLe32(large.data()));
  }

  ByteView bytes() const { return bytes_; }

  std::uint32_t quickAck() const { return quickAck_; }

 private:
  Verified(ByteView bytes, std::uint32_t quickAck) : bytes_(bytes), quickAck_(quickAck) {}

  ByteView bytes_;
  std::uint32_t quickAck_;
};

Result<DecryptedPacket> interpret(const Verified& plain) {
  const Byte* p = plain.bytes().data();
  const std::uint32_t length = loadLe32(p + 28);
  const std::size_t room = plain.bytes().size() - kInnerHead;
  if (length % 4 != 0 || length > room || room - length < kMinPadding || room - length > kMaxPadding) {
    return rejected();
  }
  DecryptedPacket packet;
  packet.envelope.salt = loadLe64(p);
  packet.envelope.sessionId = loadLe64(p + 8);
  packet.envelope.msgId = static_cast<std::int64_t>(loadLe64(p + 16));
  packet.envelope.seqNo = static_cast<std::int32_t>(loadLe32(p + 24));
  packet.body = plain.bytes().subspan(kInnerHead, length);
  packet.quickAck = plain.quickAck();
  return packet;
}

/// The least padding that fills the last block, and 0..15 blocks more so that lengths tell little.
std::size_t drawPadding(std::size_t bodySize, Random& random) {
  const std::size_t least = kMinPadding + (16 - (kInnerHead + bodySize + kMinPadding) % 16) % 16;
  return least + 16 * random.below(kExtraBlocks);
}

}  // namespace

Bytes encodePlain(std::int64_t msgId, ByteView body) {
  Bytes packet(kPlainHead + body.size());
  storeLe64(packet.data() + 8, static_cast<std::uint64_t>(msgId));
  storeLe32(packet.data() + 16, static_cast<std::uint32_t>(body.size()));
  std::ranges::copy(body, packet.begin() + kPlainHead);
  return packet;
}

Result<PlainMessage> decodePlain(ByteView packet) {
  if (packet.size() < kPlainHead || authKeyIdOf(packet) != 0) {
    return Error(Errc::Malformed, "this is not a plain packet; the connection is closed");
  }
  const std::uint32_t length = loadLe32(packet.data() + 16);
  if (length == 0 || length > packet.size() - kPlainHead) {
    return Error(Errc::Malformed, "a plain packet's length does not fit; the connection is closed");
  }
  return PlainMessage{static_cast<std::int64_t>(loadLe64(packet.data() + 8)),
                      packet.subspan(kPlainHead, length)};
}

std::uint64_t authKeyIdOf(ByteView packet) {
  MTP_CHECK(packet.size() >= 8);
  return loadLe64(packet.data());
}

void encryptPacket(const crypto::AuthKey& key, crypto::Sender sender, const Envelope& envelope, ByteView body,
                   Random& random, Bytes& out) {
  encryptPacketWith(key, sender, envelope, body, random.bytes(drawPadding(body.size(), random)), out);
}

void encryptPacketWith(const crypto::AuthKey& key, crypto::Sender sender, const Envelope& envelope,
                       ByteView body, ByteView padding, Bytes& out) {
  const std::size_t plainSize = kInnerHead + body.size() + padding.size();
  MTP_CHECK(body.size() % 4 == 0 && plainSize % 16 == 0);
  MTP_CHECK(padding.size() >= kMinPadding && padding.size() <= kMaxPadding);
  const std::size_t start = out.size();
  out.resize(start + kOuterHead + plainSize);
  Byte* head = out.data() + start;
  const MutableBytes plain(head + kOuterHead, plainSize);
  storeLe64(plain.data(), envelope.salt);
  storeLe64(plain.data() + 8, envelope.sessionId);
  storeLe64(plain.data() + 16, static_cast<std::uint64_t>(envelope.msgId));
  storeLe32(plain.data() + 24, static_cast<std::uint32_t>(envelope.seqNo));
  storeLe32(plain.data() + 28, static_cast<std::uint32_t>(body.size()));
  std::ranges::copy(body, plain.begin() + kInnerHead);
  std::ranges::copy(padding, plain.end() - static_cast<std::ptrdiff_t>(padding.size()));

  const auto large = key.msgKeyLarge(sender, plain);
  crypto::MsgKey msgKey;
  std::copy_n(large.begin() + 8, msgKey.size(), msgKey.begin());
  crypto::igeEncrypt(key.messageKey(msgKey, sender), plain, plain);
  storeLe64(head, key.id());
  std::ranges::copy(msgKey, head + 8);
}

Result<DecryptedPacket> decryptPacket(const crypto::AuthKey& key, crypto::Sender sender, ByteView packet,
                                      Bytes& scratch) {
  if (packet.size() < kSmallest || authKeyIdOf(packet) != key.id()) {
    return rejected();
  }
  const ByteView whole = packet.first(packet.size() - (packet.size() - kOuterHead) % 16);
  MTP_TRY(const Verified plain, Verified::open(key, sender, whole, scratch));
  return interpret(plain);
}

}  // namespace mtpool::mtproto
