// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/bind_key.h"

#include <algorithm>

#include "engine/crypto/sha.h"
#include "engine/tl/codec.h"
#include "tl/mt/service.h"

namespace mtpool::mtproto {
namespace {

namespace mt = tl::mt;

constexpr std::size_t kInnerSize = 40;
constexpr std::size_t kPlainSize = 72;   // random(16), msg_id, seq_no, length, inner
constexpr std::size_t kPaddedSize = 80;  // whole blocks
constexpr std::size_t kSealedSize = 104;

Error refused() {
  return Error(Errc::SecurityCheck, "the binding of the temporary key was not made with this permanent key");
}

/// MTProto 1.0: the hash does not cover the padding.
crypto::MsgKey messageKeyOf(ByteView plain) {
  const crypto::Sha1Digest digest = crypto::sha1({plain.first(kPlainSize)});
  crypto::MsgKey key;
  std::copy_n(digest.begin() + 4, key.size(), key.begin());
  return key;
}

}  // namespace

Bytes sealKeyBinding(const crypto::AuthKey& permanent, const KeyBinding& binding, std::int64_t msgId,
                     Random& random) {
  mt::BindAuthKeyInner inner;
  inner.nonce = binding.nonce;
  inner.tempAuthKeyId = static_cast<std::int64_t>(binding.temporaryKeyId);
  inner.permAuthKeyId = static_cast<std::int64_t>(binding.permanentKeyId);
  inner.tempSessionId = static_cast<std::int64_t>(binding.sessionId);
  inner.expiresAt = binding.expiresAt;
  Bytes plain = random.bytes(16);
  tl::Writer w(plain);
  w.int64(msgId);
  w.int32(0);
  w.int32(kInnerSize);
  inner.encode(w);
  append(plain, random.bytes(kPaddedSize - kPlainSize));

  const crypto::MsgKey msgKey = messageKeyOf(plain);
  crypto::igeEncrypt(permanent.messageKeyV1(msgKey, crypto::Sender::Client), plain, plain);
  Bytes sealed;
  tl::Writer out(sealed);
  out.uint64(permanent.id());
  out.raw(msgKey);
  out.raw(plain);
  return sealed;
}

Result<KeyBinding> openKeyBinding(const crypto::AuthKey& permanent, ByteView sealed, std::int64_t msgId) {
  if (sealed.size() != kSealedSize || loadLe64(sealed.data()) != permanent.id()) {
    return refused();
  }
  crypto::MsgKey msgKey;
  std::copy_n(sealed.begin() + 8, msgKey.size(), msgKey.begin());
  Bytes plain = toBytes(sealed.subspan(24));
  crypto::igeDecrypt(permanent.messageKeyV1(msgKey, crypto::Sender::Client), plain, plain);
  if (!crypto::equalConstantTime(messageKeyOf(plain), msgKey)) {
    return refused();
  }
  tl::Reader r(ByteView(plain).subspan(16, kPlainSize - 16));
  const bool sameMessage = r.int64() == msgId && r.int32() == 0 && r.int32() == std::int32_t{kInnerSize};
  const auto inner = mt::BindAuthKeyInner::decode(r);
  if (!sameMessage || !inner.ok()) {
    return refused();
  }
  return KeyBinding{inner->nonce,
                    static_cast<std::uint64_t>(inner->tempAuthKeyId),
                    static_cast<std::uint64_t>(inner->permAuthKeyId),
                    static_cast<std::uint64_t>(inner->tempSessionId),
                    inner->expiresAt};
}

}  // namespace mtpool::mtproto
