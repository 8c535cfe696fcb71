// SPDX-License-Identifier: Apache-2.0
// The second factor: SRP with SHA-256, both halves. (api/srp.) One proof costs some 80 ms: not on an I/O
// thread.
#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secret.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {

struct SrpParameters {
  Bytes salt1;
  Bytes salt2;
  std::int32_t g = 0;
  Bytes p;  // 256 bytes
};

struct SrpProof {
  Bytes a;  // g_a, 256 bytes
  Sha256Digest m1{};
};

/// x of a password: PH2 of the official text.
Secret<Bytes> srpPasswordHash(const SrpParameters& parameters, const SecretString& password);

/// The client's answer to srp_B. Checks p, g and the range of B (Errc::SecurityCheck).
Result<SrpProof> srpProve(const SrpParameters& parameters, ByteView srpB, const SecretString& password,
                          Random& random);
/// With a given exponent, for known-answer tests.
Result<SrpProof> srpProveWith(const SrpParameters& parameters, ByteView srpB, const SecretString& password,
                              ByteView a);

/// v = g^x, what a server stores.
Bytes srpVerifier(const SrpParameters& parameters, const SecretString& password);
/// B = k*v + g^b.
Bytes srpServerB(const SrpParameters& parameters, ByteView verifier, ByteView b);
/// True when the client's proof is right.
bool srpVerify(const SrpParameters& parameters, ByteView verifier, ByteView b, const SrpProof& proof);

}  // namespace mtpool::crypto
