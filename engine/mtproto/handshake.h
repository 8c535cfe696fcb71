// SPDX-License-Identifier: Apache-2.0
// Creating an authorisation key: the client's half and the server's half, side by side, without I/O.
// (core.telegram.org/mtproto/auth_key.) Each is a value that is fed plain message bodies and says what to
// send.
//
// The costly steps (RSA, factoring, two powers; 5 ms together) happen inside step(): run it on a worker
// thread when many accounts connect at once. Neither half is thread-safe; move it over and back.
#pragma once

#include <functional>
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

/// What the client half wants.
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
  /// UnknownServerKey, Malformed, RpcServer (server_DH_params_fail, dh_gen_fail or 3 times dh_gen_retry:
  /// start again on a new connection). After an error nothing is left of the exchange.
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
  std::int32_t dc = 0;           // as the client claimed; 0 with legacyInnerData
  bool oldRsaScheme = false;     // SHA1 + data + padding instead of RSA_PAD: a deviation
  bool legacyInnerData = false;  // p_q_inner_data without dc: a deviation
};

/// What the data centre thinks of a key that a client just agreed on.
enum class KeyVerdict { Fresh, Taken, Refused };

struct HandshakeServerOptions {
  /// The old encryption of the inner data is accepted too.
  bool legacyRsa = false;
  /// Asked with the key id once per attempt: Taken answers dh_gen_retry, Refused dh_gen_fail. None = Fresh.
  std::function<KeyVerdict(std::uint64_t keyId)> judge;
};

class HandshakeServer {
 public:
  /// `key`, `random` and `clock` outlive the exchange; the clock's wall time is the server's time.
  HandshakeServer(const crypto::RsaPrivateKey& key, Random& random, const Clock& clock,
                  HandshakeServerOptions options = {});
  HandshakeServer(HandshakeServer&&) noexcept;
  HandshakeServer& operator=(HandshakeServer&&) noexcept;
  ~HandshakeServer();

  /// The body of a client's plain message; the body to answer with. Any wrong step is an error: the data
  /// centre answers -404 and the exchange is dead. Repeating the last request byte for byte repeats its
  /// answer, also after the end.
  Result<Bytes> step(ByteView request);

  bool finished() const;
  /// Once, after finished().
  HandshakeServerResult takeResult();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mtpool::mtproto
