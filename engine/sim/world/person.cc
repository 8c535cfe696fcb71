// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/person.h"

#include <fmt/format.h>

#include "engine/sim/world/dice.h"
#include "engine/sim/world/words.h"

namespace mtpool::sim {

Person personOf(std::uint64_t worldSeed, std::int64_t id) {
  Dice dice(mix(worldSeed ^ 0x9e0913, static_cast<std::uint64_t>(id)));
  Person person;
  person.id = id;
  person.bot = id >= kFirstHelperBotId && id < kFirstHelperBotId + kHelperBots;
  if (person.bot) {
    person.firstName = fmt::format("Helper {}", id - kFirstHelperBotId + 1);
    person.username = fmt::format("simhelper{}_bot", id - kFirstHelperBotId + 1);
    return person;
  }
  person.firstName = dice.pick(firstNames());
  if (dice.percent(60)) {
    person.lastName = dice.pick(lastNames());
  }
  if (dice.percent(50)) {
    person.username = fmt::format("reader_{}", id - kFirstPersonId);
  }
  person.premium = dice.oneIn(10);
  return person;
}

}  // namespace mtpool::sim
