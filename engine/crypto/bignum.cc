// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/bignum.h"

#include "engine/base/check.h"

namespace mtpool::crypto {

BnContext newBnContext() {
  BnContext context(BN_CTX_new());
  MTP_CHECK(context != nullptr);
  return context;
}

BnHandle newBn() {
  BnHandle number(BN_new());
  MTP_CHECK(number != nullptr);
  return number;
}

BnHandle bnFrom(ByteView bigEndian) {
  BnHandle number = newBn();
  MTP_CHECK(BN_bin2bn(bigEndian.data(), static_cast<int>(bigEndian.size()), number.get()) != nullptr);
  return number;
}

BnHandle bnFromWord(std::uint64_t value) {
  BnHandle number = newBn();
  MTP_CHECK(BN_set_word(number.get(), value) == 1);
  return number;
}

BnHandle bnSecret(ByteView bigEndian) {
  BnHandle number = bnFrom(bigEndian);
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

Bytes bnBytes(const BIGNUM* number) {
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
  BN_bn2bin(number, bytes.data());
  return bytes;
}

Bytes bnPadded(const BIGNUM* number, std::size_t size) {
  Bytes bytes(size);
  MTP_CHECK(BN_bn2binpad(number, bytes.data(), static_cast<int>(size)) == static_cast<int>(size));
  return bytes;
}

BnHandle bnPowerOfTwo(int exponent) {
  BnHandle number = newBn();
  MTP_CHECK(BN_set_bit(number.get(), exponent) == 1);
  return number;
}

}  // namespace mtpool::crypto
