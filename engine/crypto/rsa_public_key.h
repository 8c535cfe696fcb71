// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: making public keys out of their numbers, and the raw power.
#pragma once

#include "engine/crypto/rsa.h"

namespace mtpool::crypto {

constexpr std::size_t kRsaSize = 256;

/// Checks the size and adds the fingerprint. Numbers big-endian without leading zeros. Errc::InvalidConfig.
Result<RsaPublicKey> makeRsaPublicKey(ByteView n, ByteView e);

/// value^e mod n as 256 bytes; nullopt unless value has 256 bytes and is below n.
std::optional<Bytes> rsaPublicPower(const RsaPublicKey& key, ByteView value);

}  // namespace mtpool::crypto
