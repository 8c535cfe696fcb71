// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/server_clock.h"

namespace mtpool::mtproto {
namespace {

// The fraction of a msg_id counts 2^-32 seconds; its low bits carry noise instead of time that we do not
// have.
constexpr std::int64_t kNoiseBits = 22;

std::int64_t toUnits(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = static_cast<std::uint64_t>((time - seconds).count());
  return seconds.count() * (std::int64_t{1} << 32) + static_cast<std::int64_t>((rest << 32) / 1'000'000'000U);
}

}  // namespace

ServerClock::ServerClock(const Clock& clock)
    : clock_(&clock),
      offsetUnits_(toUnits(clock.wall().time_since_epoch()) - toUnits(clock.mono().time_since_epoch())) {}

std::int64_t ServerClock::nowUnits() const {
  return toUnits(clock_->mono().time_since_epoch()) + offsetUnits_;
}

void ServerClock::set(std::int64_t serverUnits) {
  offsetUnits_ = serverUnits - toUnits(clock_->mono().time_since_epoch());
  synchronised_ = true;
}

void ServerClock::observe(std::int64_t serverMsgId) {
  if (serverMsgId > nowUnits()) {
    offsetUnits_ = serverMsgId - toUnits(clock_->mono().time_since_epoch());
  }
  synchronised_ = true;
}

std::int64_t MessageIdSource::next(const ServerClock& clock, Random& random, int residue) {
  const auto noise = static_cast<std::int64_t>(random.below(std::uint64_t{1} << kNoiseBits));
  std::int64_t id = (clock.nowUnits() ^ noise) & ~std::int64_t{3};
  if (id <= last_) {
    id = (last_ & ~std::int64_t{3}) + 8 * static_cast<std::int64_t>(1 + random.below(1024));
  }
  last_ = id | residue;
  return last_;
}

}  // namespace mtpool::mtproto
