// SPDX-License-Identifier: Apache-2.0
// What every account's client shares: clock, randomness, the worker for costly crypto, addresses, the connect
// gate. Owned by the composition root; outlives all clients; used on the shard of the clients.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/async/shard.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/secret.h"
#include "engine/client/backoff.h"
#include "engine/client/connect_gate.h"
#include "engine/client/dc_directory.h"
#include "engine/client/probe.h"
#include "engine/client/reachability.h"
#include "engine/crypto/rsa.h"

namespace mtpool::client {

/// The application's identity towards Telegram.
struct Application {
  std::int32_t apiId = 0;
  SecretString apiHash;
  std::string deviceModel = "mtpool";
  std::string systemVersion;
  std::string appVersion;
};

struct ClientContext {
  const Clock& clock;
  Random& random;                 // thread-safe: also used on the crypto worker
  async::BlockingThread& crypto;  // key exchange and passwords: milliseconds of arithmetic
  DcDirectory& directory;
  std::vector<crypto::RsaPublicKey> serverKeys;
  bool testDc = false;
  Application application;
  /// New connections per second and DC, so that a thousand accounts do not knock at once.
  double connectRate = 20;
  std::map<std::int32_t, ConnectGate> connectGates{};
  Probe& probe;
  Pauses pauses{};
  Reachability reachability{};
};

}  // namespace mtpool::client
