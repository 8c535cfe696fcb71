// SPDX-License-Identifier: Apache-2.0
// SHA-1, SHA-256, HMAC and PBKDF2 over several pieces at once. The digests are fetched from OpenSSL once per
// thread: fetching per call costs three times the hash of a short input.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>

#include "engine/base/bytes.h"

namespace mtpool::crypto {

using Sha1Digest = std::array<Byte, 20>;
using Sha256Digest = std::array<Byte, 32>;
using Sha512Digest = std::array<Byte, 64>;

Sha1Digest sha1(std::initializer_list<ByteView> pieces);
Sha256Digest sha256(std::initializer_list<ByteView> pieces);
Sha256Digest hmacSha256(ByteView key, ByteView data);

/// SHA-256 of what does not fit into memory at once.
class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  ~Sha256Stream();

  void update(ByteView piece);
  /// Once; nothing may follow.
  Sha256Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// PBKDF2-HMAC-SHA512 with 64 bytes of output. 100,000 rounds take some 80 ms: not on an I/O thread.
Sha512Digest pbkdf2Sha512(ByteView password, ByteView salt, int rounds);

/// True when equal; time depends on the length only.
bool equalConstantTime(ByteView a, ByteView b);

}  // namespace mtpool::crypto
