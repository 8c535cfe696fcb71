// SPDX-License-Identifier: Apache-2.0
// The proof that a temporary key belongs to the owner of a permanent one: the encrypted_message of
// auth.bindTempAuthKey, the only thing left of MTProto 1.0. (api/pfs.)
#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/auth_key.h"

namespace mtpool::mtproto {

struct KeyBinding {
  std::int64_t nonce = 0;  // the nonce of the request itself
  std::uint64_t temporaryKeyId = 0;
  std::uint64_t permanentKeyId = 0;
  std::uint64_t sessionId = 0;  // session under the temporary key in which the request travels
  std::int32_t expiresAt = 0;   // unix seconds at the server
};

/// 104 bytes under the permanent key. `msgId` is the id of the message that carries the request: another id
/// needs another proof.
Bytes sealKeyBinding(const crypto::AuthKey& permanent, const KeyBinding& binding, std::int64_t msgId,
                     Random& random);

/// The server's check: Errc::SecurityCheck unless the proof was made with this key, for this message id.
/// Whether the fields fit the request is the caller's business.
Result<KeyBinding> openKeyBinding(const crypto::AuthKey& permanent, ByteView sealed, std::int64_t msgId);

}  // namespace mtpool::mtproto
