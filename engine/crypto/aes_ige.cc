// SPDX-License-Identifier: Apache-2.0
#include "engine/base/check.h"
#include "engine/crypto/aes.h"
#include "engine/crypto/aes_ige_backends.h"

namespace mtpool::crypto {
namespace {

void ige(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out) {
  MTP_CHECK(in.size() == out.size() && in.size() % 16 == 0);
  static const bool accelerated = aesNiAvailable();
  if (accelerated) {
    igeAesNi(direction, k, in, out);
  } else {
    igeEvp(direction, k, in, out);
  }
}

}  // namespace

void igeEncrypt(const AesKeyIv& k, ByteView in, MutableBytes out) {
  ige(IgeDirection::Encrypt, k, in, out);
}

void igeDecrypt(const AesKeyIv& k, ByteView in, MutableBytes out) {
  ige(IgeDirection::Decrypt, k, in, out);
}

}  // namespace mtpool::crypto
