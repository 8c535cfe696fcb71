// SPDX-License-Identifier: Apache-2.0
// Generating a key takes a while; one serves all tests.
#pragma once

#include "engine/base/random.h"
#include "engine/crypto/rsa.h"

namespace mtpool::crypto {

inline const RsaPrivateKey& testKey() {
  static const RsaPrivateKey key = [] {
    SeededRandom random(2026);
    return RsaPrivateKey::generate(random);
  }();
  return key;
}

}  // namespace mtpool::crypto
