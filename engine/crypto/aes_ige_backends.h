// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: the two implementations of AES-256-IGE, apart so that tests and benchmarks can
// hold one against the other on a machine that has both.
#pragma once

#include "engine/crypto/aes.h"

namespace mtpool::crypto {

enum class IgeDirection { Encrypt, Decrypt };

/// Whether this CPU has the AES instructions igeAesNi needs.
bool aesNiAvailable();

/// Contract of igeEncrypt and igeDecrypt, sizes already checked. Only where aesNiAvailable().
void igeAesNi(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out);

/// The same, everywhere.
void igeEvp(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out);

}  // namespace mtpool::crypto
