// SPDX-License-Identifier: Apache-2.0
// What all data centres of one simulated Telegram share: its world, its people, its books. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/crypto/rsa.h"
#include "engine/sim/accounts.h"
#include "engine/sim/faults.h"
#include "engine/sim/ledger.h"
#include "engine/sim/login_desk.h"
#include "engine/sim/page_cache.h"
#include "engine/sim/report.h"
#include "engine/sim/world/world.h"

namespace mtpool::sim {

/// Where a data centre can be reached.
struct DcAddress {
  int id = 0;
  std::string host;
  std::uint16_t port = 0;  // the real one, also where 0 was asked for
};

struct Scene {
  Scene(const World& simulatedWorld, crypto::RsaPrivateKey key, std::vector<int> dcs, const Clock& simClock,
        Random& simRandom)
      : world(simulatedWorld),
        serverKey(std::move(key)),
        clock(simClock),
        random(simRandom),
        accounts(std::move(dcs)),
        desk(simClock, simRandom) {}

  const World& world;
  crypto::RsaPrivateKey serverKey;
  const Clock& clock;
  Random& random;
  Accounts accounts;
  LoginDesk desk;
  Report report;
  FaultPlan faults;
  std::optional<Ledger> ledger;
  PageCache pages;
  std::vector<DcAddress> addresses;
  bool legacyRsa = false;

  std::int64_t now() const { return unixSeconds(clock.wall()); }
};

}  // namespace mtpool::sim
