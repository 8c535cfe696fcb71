// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/crypto/sha.h"
#include "engine/mtproto/server_session.h"

namespace mtpool::mtproto {
namespace {

constexpr std::int64_t kStep = 1800;  // a new salt every half hour
constexpr std::int64_t kLife = 3600;
constexpr std::int64_t kEarly = 30;  // a client's idea of the time may be ahead as far as its msg_ids may

}  // namespace

std::int64_t SaltSchedule::indexAt(std::int64_t unixTime) const {
  return std::max<std::int64_t>(0, unixTime - createdAt_) / kStep;
}

std::uint64_t SaltSchedule::saltAt(std::int64_t index) const {
  if (index == 0) {
    return firstSalt_;
  }
  std::array<Byte, 16> input;
  storeLe64(input.data(), seed_);
  storeLe64(input.data() + 8, static_cast<std::uint64_t>(index));
  return loadLe64(crypto::sha256({input}).data());
}

std::uint64_t SaltSchedule::current(std::int64_t unixTime) const {
  return saltAt(indexAt(unixTime));
}

bool SaltSchedule::accepts(std::uint64_t salt, std::int64_t unixTime) const {
  const std::int64_t now = indexAt(unixTime);
  return salt == saltAt(now) || (now > 0 && salt == saltAt(now - 1)) ||
         salt == saltAt(indexAt(unixTime + kEarly));
}

std::vector<SaltSchedule::Future> SaltSchedule::future(std::int64_t unixTime, int count) const {
  std::vector<Future> salts;
  for (std::int64_t i = indexAt(unixTime); std::cmp_less(salts.size(), count); ++i) {
    const std::int64_t since = createdAt_ + i * kStep;
    salts.push_back({static_cast<std::int32_t>(since), static_cast<std::int32_t>(since + kLife), saltAt(i)});
  }
  return salts;
}

}  // namespace mtpool::mtproto
