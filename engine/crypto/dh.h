// SPDX-License-Identifier: Apache-2.0
// Diffie-Hellman over 2048-bit safe primes, with every check the security guidelines ask for. A power
// costs 2.2 ms: not on an I/O thread when many accounts connect at once.
#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool::crypto {

/// The prime production uses; recognised by comparison, any other one costs 0.3 s of testing once per
/// process.
const Bytes& knownDhPrime();

/// p is 2048 bits, p and (p-1)/2 prime, g in 2..7 with the residue that makes it generate the subgroup.
/// Errc::SecurityCheck names what failed. Verdicts are remembered by SHA256(p). Thread-safe.
Result<void> checkDhGroup(ByteView p, std::int32_t g);

/// 2^1984 <= value <= p - 2^1984 (which implies 1 < value < p - 1). Errc::SecurityCheck.
Result<void> checkDhValue(ByteView value, ByteView p);

/// base^exponent mod p, 256 bytes big-endian, constant time in the exponent.
SecretBytes dhPower(ByteView base, ByteView exponent, ByteView p);
SecretBytes dhPower(std::int32_t g, ByteView exponent, ByteView p);

}  // namespace mtpool::crypto
