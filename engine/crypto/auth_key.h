// SPDX-License-Identifier: Apache-2.0
// The 2048-bit authorisation key and what is derived from it (MTProto 2.0 description; 1.0 for key binding
// only).
#pragma once

#include <cstdint>

#include "engine/base/secret.h"
#include "engine/crypto/aes.h"

namespace mtpool::crypto {

/// Which side sent a packet; the value is x of the key derivation.
enum class Sender : std::size_t { Client = 0, Server = 8 };

using MsgKey = std::array<Byte, 16>;

class AuthKey {
 public:
  /// `bytes` has exactly 256 bytes, left-padded with zeros (checked).
  explicit AuthKey(ByteView bytes);

  /// Low 64 bits of SHA1(key), read little-endian: what packets carry.
  std::uint64_t id() const { return id_; }

  /// High 64 bits of SHA1(key) as they stand in memory, for the handshake's hashes.
  const std::array<Byte, 8>& auxHash() const { return auxHash_; }

  const SecretBytes& bytes() const { return key_; }

  /// msg_key_large of a plaintext including its padding; the message key is bytes 8..24, the quick-ack token
  /// the first four.
  std::array<Byte, 32> msgKeyLarge(Sender sender, ByteView plaintext) const;
  /// AES key and IV of MTProto 2.0.
  AesKeyIv messageKey(const MsgKey& msgKey, Sender sender) const;
  /// AES key and IV of MTProto 1.0 (SHA-1): auth.bindTempAuthKey only.
  AesKeyIv messageKeyV1(const MsgKey& msgKey, Sender sender) const;

 private:
  SecretBytes key_;
  std::uint64_t id_ = 0;
  std::array<Byte, 8> auxHash_{};
};

/// tmp_aes_key and tmp_aes_iv of the key exchange.
AesKeyIv handshakeKey(const std::array<Byte, 32>& newNonce, const std::array<Byte, 16>& serverNonce);

/// new_nonce_hash1, 2 or 3.
std::array<Byte, 16> newNonceHash(const std::array<Byte, 32>& newNonce, Byte which,
                                  const std::array<Byte, 8>& auxHash);

}  // namespace mtpool::crypto
