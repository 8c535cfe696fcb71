// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: the few things done with OpenSSL's big numbers, without its return codes.
// Running out of memory is the only way these can fail, and ends the process.
#pragma once

#include "engine/base/bytes.h"
#include "engine/crypto/openssl_handles.h"

namespace mtpool::crypto {

BnContext newBnContext();

/// A new zero.
BnHandle newBn();

BnHandle bnFrom(ByteView bigEndian);
BnHandle bnFromWord(std::uint64_t value);

/// Marked so that OpenSSL takes its constant-time paths: exponents and private numbers.
BnHandle bnSecret(ByteView bigEndian);

/// Big-endian without leading zeros; empty for zero.
Bytes bnBytes(const BIGNUM* number);

/// Big-endian in exactly `size` bytes; a larger number is a broken invariant.
Bytes bnPadded(const BIGNUM* number, std::size_t size);

/// 2^exponent.
BnHandle bnPowerOfTwo(int exponent);

}  // namespace mtpool::crypto
