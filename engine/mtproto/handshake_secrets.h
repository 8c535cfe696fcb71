// SPDX-License-Identifier: Apache-2.0
// What both halves of the key exchange do alike: the temporary AES envelope and numbers as TL carries them.
#pragma once

#include <optional>

#include "engine/base/random.h"
#include "engine/base/secret.h"
#include "engine/crypto/aes.h"
#include "engine/tl/reader.h"

namespace mtpool::mtproto {

/// new_nonce: whoever knows it and the conversation knows the key.
using NewNonce = Secret<tl::Int256>;

/// SHA1(data) | data | random up to a whole block, under tmp_aes_key and tmp_aes_iv.
Bytes sealInner(const NewNonce& newNonce, const tl::Int128& serverNonce, ByteView data, Random& random);

/// The decrypted envelope, its hash not checked yet; nullopt when the length is impossible.
std::optional<SecretBytes> openInner(const NewNonce& newNonce, const tl::Int128& serverNonce,
                                     ByteView sealed);

/// The bytes after the hash: an object and less than a block of padding.
ByteView innerObject(const SecretBytes& opened);

/// True when the hash covers exactly the first `size` bytes of the object and the padding is below 16.
/// Constant time in the contents.
bool innerHashFits(const SecretBytes& opened, std::size_t size);

/// SHA1(new_nonce)[4:20], the proof inside server_DH_params_fail.
std::array<Byte, 16> failureHash(const NewNonce& newNonce);

/// Big-endian without leading zeros.
Bytes minimalBytes(std::uint64_t number);
/// 1..8 bytes, big-endian; nullopt for other lengths.
std::optional<std::uint64_t> parseNumber(ByteView bytes);

/// The first salt both sides compute: new_nonce[0:8] xor server_nonce[0:8].
std::uint64_t firstSalt(const NewNonce& newNonce, const tl::Int128& serverNonce);

}  // namespace mtpool::mtproto
