// SPDX-License-Identifier: Apache-2.0
// Creating an authorisation key: the client's half and the server's half, side by side, without I/O.
// (core.telegram.org/mtproto/auth_key.) Each is a value that is fed plain message bodies and says what to
// send.
//
// The costly steps (RSA, factoring, two powers; 5 ms together) happen inside step(): run it on a worker
// thread when many accounts connect at once. Neither half is thread-safe; move it over and back.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/crypto/auth_key.h"
#include "engine/crypto/rsa.h"

namespace mtpool::mtproto {

struct HandshakeResult {
  crypto::AuthKey key;
  std::uint64_t salt = 0;       // first server salt
  std::int32_t serverTime = 0;  // unix seconds at the server when it answered step 5
  std::int32_t expiresIn = 0;   // 0 = permanent key
};

struct HandshakeOptions {
  /// Real DC id; + 10000 on Telegram's test servers; negative for media-only.
  std::int32_t dc = 0;
  /// 0 = permanent key, else seconds of life of a temporary one.
  std::int32_t expiresIn = 0;
  std::vector<crypto::RsaPublicKey> serverKeys;
};

class HandshakeClient {
 public:
  HandshakeClient(HandshakeOptions options, Random& random);
  HandshakeClient(HandshakeClient&&) noexcept;
  HandshakeClient& operator=(HandshakeClient&&) noexcept;
  ~HandshakeClient();

  /// The first body to send: req_pq_multi.
  Bytes start();

  /// The body of the server's answer. Gives the next body to send, or nullopt when result() is there.
  /// Errors: SecurityCheck (tampering or a broken server: drop the connection, use nothing),
  /// UnknownServerKey, Malformed, RpcServer (dh_gen_fail or 3 times dh_gen_retry: start again on a new
  /// connection).
  Result<std::optional<Bytes>> step(ByteView answer);

  /// Once, after step() gave nullopt.
  HandshakeResult takeResult();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What the server half tells about the client, for the simulator's strictness.
struct HandshakeServerResult {
  HandshakeResult result;
  std::int32_t dc = 0;           // as the client claimed
  bool oldRsaScheme = false;     // SHA1 + data + padding instead of RSA_PAD: a deviation
  bool legacyInnerData = false;  // p_q_inner_data without dc: a deviation
};

class HandshakeServer {
 public:
  /// With `legacyRsa`, the old encryption of the inner data is accepted too.
  HandshakeServer(const crypto::RsaPrivateKey& key, Random& random, const Clock& clock, bool legacyRsa);
  HandshakeServer(HandshakeServer&&) noexcept;
  HandshakeServer& operator=(HandshakeServer&&) noexcept;
  ~HandshakeServer();

  /// The body of a client's plain message; the body to answer with. Any wrong step is an error: the data
  /// centre answers -404 and the exchange is dead. Repeating a request byte for byte repeats the answer.
  Result<Bytes> step(ByteView request);

  bool finished() const;
  HandshakeServerResult takeResult();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mtpool::mtproto
