// SPDX-License-Identifier: Apache-2.0
// What this program gives back to the heap, looked through for a secret.
#pragma once

#include "engine/base/bytes.h"

namespace mtpool::crypto {

/// While it lives, notes whether a freed block of this thread holds `secret`, forwards or backwards. One at a
/// time; the secret outlives it.
class FreedMemory {
 public:
  explicit FreedMemory(ByteView secret);
  FreedMemory(const FreedMemory&) = delete;
  FreedMemory& operator=(const FreedMemory&) = delete;
  ~FreedMemory();

  bool heldTheSecret() const;
};

}  // namespace mtpool::crypto
