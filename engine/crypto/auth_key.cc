// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/auth_key.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {
namespace {

constexpr std::size_t kKeySize = 256;

/// Fills a key or IV from consecutive pieces of digests.
template <std::size_t N>
void join(std::array<Byte, N>& to, std::initializer_list<ByteView> pieces) {
  std::size_t at = 0;
  for (const ByteView piece : pieces) {
    MTP_CHECK(at + piece.size() <= N);
    std::copy(piece.begin(), piece.end(), to.begin() + static_cast<std::ptrdiff_t>(at));
    at += piece.size();
  }
  MTP_CHECK(at == N);
}

}  // namespace

AuthKey::AuthKey(ByteView bytes) : key_(toBytes(bytes)) {
  MTP_CHECK(bytes.size() == kKeySize);
  const Sha1Digest digest = sha1({bytes});
  std::copy_n(digest.begin(), auxHash_.size(), auxHash_.begin());
  id_ = loadLe64(digest.data() + 12);
}

std::array<Byte, 32> AuthKey::msgKeyLarge(Sender sender, ByteView plaintext) const {
  const auto x = static_cast<std::size_t>(sender);
  return sha256({ByteView(key_.reveal()).subspan(88 + x, 32), plaintext});
}

AesKeyIv AuthKey::messageKey(const MsgKey& msgKey, Sender sender) const {
  const auto x = static_cast<std::size_t>(sender);
  const ByteView key = key_.reveal();
  const Sha256Digest digestA = sha256({msgKey, key.subspan(x, 36)});
  const Sha256Digest digestB = sha256({key.subspan(40 + x, 36), msgKey});
  const ByteView a = digestA;
  const ByteView b = digestB;
  AesKeyIv result;
  join(result.key, {a.first(8), b.subspan(8, 16), a.subspan(24, 8)});
  join(result.iv, {b.first(8), a.subspan(8, 16), b.subspan(24, 8)});
  return result;
}

AesKeyIv AuthKey::messageKeyV1(const MsgKey& msgKey, Sender sender) const {
  const auto x = static_cast<std::size_t>(sender);
  const ByteView key = key_.reveal();
  const Sha1Digest digestA = sha1({msgKey, key.subspan(x, 32)});
  const Sha1Digest digestB = sha1({key.subspan(32 + x, 16), msgKey, key.subspan(48 + x, 16)});
  const Sha1Digest digestC = sha1({key.subspan(64 + x, 32), msgKey});
  const Sha1Digest digestD = sha1({msgKey, key.subspan(96 + x, 32)});
  const ByteView a = digestA;
  const ByteView b = digestB;
  const ByteView c = digestC;
  const ByteView d = digestD;
  AesKeyIv result;
  join(result.key, {a.first(8), b.subspan(8, 12), c.subspan(4, 12)});
  join(result.iv, {a.subspan(8, 12), b.first(8), c.subspan(16, 4), d.first(8)});
  return result;
}

AesKeyIv handshakeKey(const std::array<Byte, 32>& newNonce, const std::array<Byte, 16>& serverNonce) {
  const Sha1Digest digestA = sha1({newNonce, serverNonce});
  const Sha1Digest digestB = sha1({serverNonce, newNonce});
  const Sha1Digest digestC = sha1({newNonce, newNonce});
  const ByteView b = digestB;
  AesKeyIv result;
  join(result.key, {digestA, b.first(12)});
  join(result.iv, {b.subspan(12, 8), digestC, ByteView(newNonce).first(4)});
  return result;
}

std::array<Byte, 16> newNonceHash(const std::array<Byte, 32>& newNonce, Byte which,
                                  const std::array<Byte, 8>& auxHash) {
  const Sha1Digest digest = sha1({newNonce, ByteView(&which, 1), auxHash});
  std::array<Byte, 16> result;
  std::copy_n(digest.begin() + 4, result.size(), result.begin());
  return result;
}

}  // namespace mtpool::crypto
