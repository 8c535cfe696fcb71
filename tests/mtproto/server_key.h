// SPDX-License-Identifier: Apache-2.0
// The RSA key of the servers in these tests, the same in every run.
#pragma once

#include "engine/crypto/rsa.h"

namespace mtpool::mtproto {

inline const crypto::RsaPrivateKey& serverKey() {
  static const crypto::RsaPrivateKey key = [] {
    SeededRandom random(2026);
    return crypto::RsaPrivateKey::generate(random);
  }();
  return key;
}

}  // namespace mtpool::mtproto
