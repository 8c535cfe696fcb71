// SPDX-License-Identifier: Apache-2.0
// Secrets at rest: AES-256-GCM under a key derived per record, so that records cannot be swapped or rolled
// together.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool::crypto {

using MasterKey = Secret<Bytes>;  // 32 bytes

/// sealed = version byte | nonce(12) | ciphertext | tag(16); the record key is HKDF-SHA256(master, context),
/// and the context (e.g. "account:7:dc2:v3") is authenticated with the data.
Bytes seal(const MasterKey& master, std::string_view context, ByteView plain, Random& random);

/// Errc::StorageCorrupt when the bytes, the context or the key do not belong together; the text says which
/// master key file to look at.
Result<SecretBytes> unseal(const MasterKey& master, std::string_view context, ByteView sealed);

}  // namespace mtpool::crypto
