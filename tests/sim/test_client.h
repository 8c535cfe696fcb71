// SPDX-License-Identifier: Apache-2.0
// A client for the tests: the protocol's own client halves over one TCP connection, one call at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/async/task.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/mtproto/client_session.h"
#include "engine/mtproto/handshake.h"
#include "engine/mtproto/transport/frame_codec.h"
#include "engine/net/tcp.h"
#include "engine/tl/codec.h"

namespace mtpool::sim {

/// A key with the session that speaks under it; outlives connections.
struct ClientKey {
  std::shared_ptr<const crypto::AuthKey> key;
  std::unique_ptr<mtproto::ClientSession> session;
};

class TestClient {
 public:
  TestClient(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  Task<Result<void>> connect(net::Endpoint endpoint, mtproto::ClientFraming framing);

  /// Makes a key; permanent for expiresIn 0.
  Task<Result<ClientKey>> makeKey(std::int32_t dc, std::int32_t expiresIn, crypto::RsaPublicKey serverKey);

  /// Speaks under this key from now on.
  void use(ClientKey& key);

  /// The answer's bytes, or an error whose text is the name as the server spelled it ("FLOOD_WAIT_3") and
  /// whose argument is the code.
  Task<Result<Bytes>> callRaw(Bytes query);

  /// Wraps the call in invokeWithLayer and initConnection.
  static Bytes introduced(Bytes query);

  template <class Call>
  Task<Result<typename Call::Answer>> call(Call query) {
    Bytes bytes = tl::serialize(query);
    MTP_CO_TRY(const Bytes answer, co_await callRaw(std::move(bytes)));
    co_return tl::parse<typename Call::Answer>(answer);
  }

  /// The first call under a key.
  template <class Call>
  Task<Result<typename Call::Answer>> firstCall(Call query) {
    Bytes bytes = introduced(tl::serialize(query));
    MTP_CO_TRY(const Bytes answer, co_await callRaw(std::move(bytes)));
    co_return tl::parse<typename Call::Answer>(answer);
  }

  Task<Result<void>> send(ByteView packet);
  /// The next packet; a transport error is an error whose argument is its code.
  Task<Result<Bytes>> receive();
  void close();

 private:
  Task<Result<Bytes>> exchange(Bytes body);
  std::optional<Result<Bytes>> outcome(std::vector<mtproto::SessionEvent> events, mtproto::RequestId request);

  const Clock& clock_;
  Random& random_;
  std::unique_ptr<net::Stream> stream_;
  std::unique_ptr<mtproto::FrameCodec> codec_;
  mtproto::ClientSession* session_ = nullptr;
};

}  // namespace mtpool::sim
